import { AppError } from '../../common/errors/app-error.js';
import { withMessage } from '../../common/http/network-failure.js';
import type { ProviderId } from '../../common/provider-id.js';
import { OAUTH_ERRORS } from '../../providers/oauth-errors.js';
import { providers } from '../../providers/registry.js';

export interface Exchange {
  provider: ProviderId;
  step: 'discovery' | 'keys' | 'request_token' | 'token' | 'profile';
}

const TIMEOUTS = new Set([
  'TimeoutError',
  'ConnectTimeoutError',
  'HeadersTimeoutError',
  'BodyTimeoutError',
]);

/** A failed exchange with a provider. The provider's message is not kept: it may echo what we sent. */
export class ProviderFailure extends AppError {
  private constructor(
    code: 'provider_error' | 'provider_timeout' | 'access_denied',
    exchange: Exchange,
    log: Readonly<Record<string, string | number>>,
    readonly answeredStatus: number | null,
    cause?: unknown,
  ) {
    super(code, { log: { provider: exchange.provider, step: exchange.step, ...log }, cause });
  }

  static answered(exchange: Exchange, status: number, body: string): ProviderFailure {
    const refused = accountErrorIn(exchange, body);
    const reason = refused ?? errorCodeIn(exchange, body);
    return new ProviderFailure(
      refused === null ? 'provider_error' : 'access_denied',
      exchange,
      { providerStatus: status, ...(reason !== null && { reason }) },
      status,
    );
  }

  /** A 2xx response without the requested document: with an error code, as some providers send, or unusable. */
  static unusable(exchange: Exchange, body: string): ProviderFailure {
    return errorCodeIn(exchange, body) === null
      ? ProviderFailure.malformed(exchange)
      : ProviderFailure.answered(exchange, 200, body);
  }

  static malformed(exchange: Exchange): ProviderFailure {
    return new ProviderFailure('provider_error', exchange, { reason: 'malformed' }, null);
  }

  static unreachable(exchange: Exchange, cause: unknown): ProviderFailure {
    const timedOut = TIMEOUTS.has(nameOf(cause));
    return new ProviderFailure(
      timedOut ? 'provider_timeout' : 'provider_error',
      exchange,
      { reason: timedOut ? 'timeout' : 'unreachable' },
      null,
      withMessage(cause),
    );
  }
}

/** A timeout is a DOMException, which need not be an instance of this realm's Error. */
function nameOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown
    ? String(thrown.name)
    : '';
}

/** `{"error":"invalid_grant"}` (RFC 6749 §5.2). */
const TEXT_CODE = /"error"\s*:\s*"(\w{1,64})"/;
/** X's and Facebook's numeric codes, in JSON or in X's XML. */
const NUMERIC_CODE = /(?:"code"\s*:\s*|<error code=")(\d{1,6})/;

/** Facebook has a code for what kind of error it is, and another for which. */
const ALL_NUMERIC_CODES = /(?:"(?:code|error_subcode)"\s*:\s*|<error code=")(\d{1,6})/g;

/** How much of a response is searched for codes. */
const MAX_SEARCHED = 4096;

/** Only known codes of OAuth or of the provider are logged: any other text may echo what we sent. */
function errorCodeIn({ provider }: Exchange, body: string): string | null {
  const head = body.slice(0, MAX_SEARCHED);
  const text = TEXT_CODE.exec(head)?.[1] ?? '';
  const isKnown = OAUTH_ERRORS.has(text) || Object.hasOwn(providers[provider].errorCodes, text);
  return isKnown ? text : (NUMERIC_CODE.exec(head)?.[1] ?? null);
}

/** The code that says that the person’s account is not let in. Before there is a person, it would be about ours. */
function accountErrorIn({ provider, step }: Exchange, body: string): string | null {
  if (step !== 'token' && step !== 'profile') return null;
  const codes = body.slice(0, MAX_SEARCHED).matchAll(ALL_NUMERIC_CODES);
  const isAccountError = (code = '') => providers[provider].accountErrors.has(code);
  return [...codes].map(([, code]) => code).find(isAccountError) ?? null;
}
