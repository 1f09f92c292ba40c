/** What is kept while a person signs in elsewhere: on the server, or in the app, until the code is exchanged. */
export interface Handover {
  /** Where the code comes to: one of `HANDOVER_TARGETS`. */
  readonly target: string;
  /** Proves that whoever exchanges the code has begun it. Nobody else may see it. */
  readonly codeVerifier: string;
  /** Comes back with the code. */
  readonly state: string;
}

/** What a start takes, as fields of a form or as a query (RFC 7636). */
export interface HandoverFields {
  readonly returnTo: string;
  readonly code_challenge: string;
  readonly code_challenge_method: 'S256';
  readonly state: string;
}

export async function beginHandover(
  target: string,
): Promise<{ handover: Handover; fields: HandoverFields }> {
  const codeVerifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const state = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return {
    handover: { target, codeVerifier, state },
    fields: {
      returnTo: target,
      code_challenge: toBase64Url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
      state,
    },
  };
}

export function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws TypeError for anything but the one spelling of some bytes */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new TypeError('not base64url');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (toBase64Url(bytes) !== text) throw new TypeError('not base64url');
  return bytes;
}
