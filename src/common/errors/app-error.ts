import type { ProviderId } from '../provider-id.js';

/** Status and message by code. The codes are a contract with front ends: a code is never renamed. */
const catalogue = {
  invalid_state: [
    400,
    'This sign-in was not started in this browser, or it is already finished. Start again.',
  ],
  state_expired: [400, 'This sign-in took too long. Start again.'],
  provider_mismatch: [
    400,
    'The answer came from a different provider from the one that was asked. Start again.',
  ],
  session_changed: [
    403,
    'This was started with another account than the one that is signed in now, or that you chose. Nothing has changed. Sign in with the right account, and try again.',
  ],
  access_denied: [
    403,
    'You did not allow access at the provider, or it does not let your account in. Try again, or use another provider.',
  ],
  login_required: [
    403,
    'The provider could not sign you in without asking you something. Sign in again.',
  ],
  invalid_id_token: [403, 'The provider’s proof of who you are could not be verified. Try again.'],
  provider_error: [
    502,
    'The provider answered with an error. Try again in a moment, or use another provider.',
  ],
  provider_timeout: [
    504,
    'The provider did not answer in time. Try again in a moment, or use another provider.',
  ],
  account_exists: [
    403,
    'There is already an account with this email address. Sign in the way you did before; then you can connect this one.',
  ],
  account_disabled: [403, 'This account is disabled. Ask those who run this service.'],
  invalid_grant: [
    400,
    'The code cannot be exchanged: it is wrong, used or too old, or not for this target or verifier. Start again.',
  ],
  identity_in_use: [
    409,
    'That account already signs in to another account here. To use that one, sign out, and sign in with it.',
  ],
  last_identity: [409, 'This is the only way left to sign in. Connect another provider first.'],
  reauth_required: [403, 'Sign in again to confirm that it is you, then repeat this.'],
  identity_too_new: [
    403,
    'The provider account that you confirmed this with was connected only lately. Confirm it with an older one, or wait.',
  ],
  csrf_failed: [
    403,
    'This was not sent by a page of this service, so nothing has changed. Go back, reload the page, and try again.',
  ],
  service_key_in_browser: [
    403,
    'A service key came from a browser. It is a secret of your servers: take it out of the page, and replace it.',
  ],
  rate_limited: [429, 'Too many requests. Wait a while, and try again.'],
  store_unavailable: [503, 'The service cannot reach its database. Try again in a moment.'],
  not_ready: [503, 'The service is starting or stopping. Try again in a moment.'],
  internal_error: [
    500,
    'Something went wrong on our side. Try again, and quote the request id if it happens again.',
  ],
  unauthenticated: [401, 'Sign in first.'],
  not_found: [404, 'There is nothing here. Check the address.'],
  bad_request: [400, 'The request could not be read. Go back, reload the page, and try again.'],
  misdirected_request: [
    421,
    'This service has its sandbox on, and answers only on the machine that it runs on. Open it there, at its own address.',
  ],
  payload_too_large: [413, 'The request body is too large. Send at most 32 KB.'],
  unsupported_media_type: [
    415,
    'The request body has a content type that this endpoint does not accept. Send JSON or a form.',
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

/** What a person is told more exactly than by a code's sentence. The pages have both in every language. */
export const details = {
  another_connected: 'Another account of this provider is connected already. Disconnect it first.',
  nothing_pending: 'There is nothing left to connect. Start again.',
  used_up: 'This address was opened before, or is too old. Begin again in the application.',
} as const;

export type ErrorCode = keyof typeof catalogue;

export type Detail = keyof typeof details;

export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/** Narrows an untrusted value, such as the `error` query parameter of the sign-in page. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(catalogue, value);
}

export function statusOf(code: ErrorCode): number {
  return catalogue[code][0];
}

export function messageOf(code: ErrorCode): string {
  return catalogue[code][1];
}

/** Nothing here may hold a secret: `log` is written to the log as it is. */
interface ErrorContext {
  /** Logged, never shown. */
  cause?: unknown;
  /** For developers; a page that is not in English shows the code's sentence instead. */
  detail?: string;
  /** For people. */
  say?: Detail;
  log?: Readonly<Record<string, string | number>>;
  /** For `account_exists`: the provider to sign in with, where the client may know it. */
  signInWith?: ProviderId | null;
  reauthUrl?: string;
  /** For `identity_too_new`: from when on it can be done, in milliseconds since 1970. */
  availableFrom?: number;
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
}

/** A failure with a stable code: the only error that reaches a client. */
export class AppError extends Error {
  readonly log: Readonly<Record<string, string | number>>;
  readonly say: Detail | null;
  readonly signInWith: ProviderId | null;
  readonly reauthUrl: string | null;
  readonly availableFrom: number | null;
  readonly retryAfter: number | null;

  constructor(
    readonly code: ErrorCode,
    context: ErrorContext = {},
  ) {
    const { stackTraceLimit } = Error;
    // A stack trace of a client error is useless, and costs as much to capture as the rest of the response.
    if (statusOf(code) < 500) Error.stackTraceLimit = 0;
    super(context.detail ?? (context.say ? details[context.say] : messageOf(code)), {
      cause: context.cause,
    });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    this.log = context.log ?? {};
    this.say = context.say ?? null;
    this.signInWith = context.signInWith ?? null;
    this.reauthUrl = context.reauthUrl ?? null;
    this.availableFrom = context.availableFrom ?? null;
    this.retryAfter = context.retryAfter ?? (this.status === 503 ? 5 : null);
  }

  get status(): number {
    return statusOf(this.code);
  }
}
