/**
 * Whether two issuers are the same. Configured URLs have lost the slash at their end, which an issuer may have; beyond
 * that they are compared as strings, as RFC 9207 §2.4 and OpenID Connect Discovery §4.3 want it.
 *
 * @param expected null where nobody is expected: nobody is that
 */
export function sameIssuer(said: string, expected: string | null): boolean {
  return expected !== null && withoutSlash(said) === withoutSlash(expected);
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, '');
}
