import { errorCodes } from './codes.js';
import type { ErrorCode, Problem, ProviderId } from './types.js';

/** What is known of a failure beside its code; null where it does not apply. */
export interface ErrorDetails {
  /** The HTTP status; null where the error came in a redirect's query. */
  readonly status: number | null;
  /** The id of the request in Latchkey's log: show it, so that it can be reported. */
  readonly requestId: string | null;
  /** The provider that the sign-in was with. */
  readonly provider: ProviderId | null;
  /** What was begun, where it was no sign-in. */
  readonly purpose: 'link' | 'reauthenticate' | null;
  /** With `account_exists`: the provider to sign in with; with a step-up: the one to confirm with. */
  readonly signInWith: ProviderId | null;
  /** With `reauth_required` and `identity_too_new`: where to send the browser, with `returnTo` added. */
  readonly reauthUrl: string | null;
  /** With `identity_too_new`: from when on it can be done. */
  readonly availableFrom: string | null;
  /** With a redirect: where the next try is to return to. */
  readonly returnTo: string | null;
  /** With a redirect: the `state` that the sign-in began with. */
  readonly state: string | null;
  /** Seconds until it is worth trying again. */
  readonly retryAfter: number | null;
}

interface Failure<Code extends ErrorCode> extends Error, ErrorDetails {
  readonly name: 'LatchkeyError';
  readonly code: Code;
}

/** A failure with a stable code. A `switch` over `code` is exhaustive, and `docs/errors.md` says what each means. */
export type LatchkeyError = { [Code in ErrorCode]: Failure<Code> }[ErrorCode];

type Given = { readonly [Name in keyof ErrorDetails]?: ErrorDetails[Name] | undefined };

class FailureError extends Error {
  override readonly name = 'LatchkeyError';
  readonly code: ErrorCode;

  constructor(code: unknown, message: string, details: Given) {
    super(message);
    // A service that is newer than this package may know more codes.
    this.code = errorCodes.find((known) => known === code) ?? 'internal_error';
    Object.assign(this, NOTHING, details);
  }
}

const NOTHING: ErrorDetails = {
  status: null,
  requestId: null,
  provider: null,
  purpose: null,
  signInWith: null,
  reauthUrl: null,
  availableFrom: null,
  returnTo: null,
  state: null,
  retryAfter: null,
};

export const LatchkeyError = FailureError as unknown as new (
  code: unknown,
  message: string,
  details: Given,
) => LatchkeyError;

const BY_STATUS: Partial<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  404: 'not_found',
  413: 'payload_too_large',
  429: 'rate_limited',
  503: 'store_unavailable',
};

/** What a refused request was answered with. A proxy's answer has no code: then its status gives one. */
export async function errorOf(response: Response): Promise<LatchkeyError> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const { status, headers } = response;
  const { code = BY_STATUS[status], detail = `${response.url} answered ${status}.` } = problem;
  const retryAfter = headers.get('Retry-After');
  return new LatchkeyError(code, detail, {
    status,
    requestId: problem.requestId ?? headers.get('X-Request-Id'),
    signInWith: problem.signInWith,
    reauthUrl: problem.reauthUrl,
    availableFrom: problem.availableFrom,
    ...(retryAfter !== null && { retryAfter: Number(retryAfter) }),
  });
}

/** What a redirect tells. Anybody can write an address: nothing that leads anywhere else is read from one. */
const TOLD = [
  'requestId',
  'provider',
  'purpose',
  'signInWith',
  'availableFrom',
  'returnTo',
  'state',
] as const;

/** The error in the query of a failed sign-in's redirect; null without one. */
export function errorIn(search: string): LatchkeyError | null {
  const query = new URLSearchParams(search);
  const code = query.get('error');
  if (code === null) return null;
  const details = Object.fromEntries(TOLD.map((name) => [name, query.get(name)]));
  return new LatchkeyError(code, `The sign-in ended in ${code}.`, details);
}

/** The same query without what it says of a failed sign-in, and without another parameter. */
export function withoutError(search: string, other: string): string {
  const query = new URLSearchParams(search);
  const names = query.has('error') ? ['error', ...TOLD, other] : [other];
  // What is not changed stays as it is spelt.
  if (!names.some((name) => query.has(name))) return search;
  for (const name of names) query.delete(name);
  return query.toString();
}
