import { providers } from '../auth/providers.js';
import { type ErrorCode, isErrorCode, sentenceOf } from '../common/errors.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';

/** What the error redirect tells the sign-in page. Anybody can write such a URL, so nothing of it is believed. */
interface ErrorQuery {
  error?: unknown;
  provider?: unknown;
  signInWith?: unknown;
  requestId: string | null;
}

/** What went wrong, in words for the page. */
export interface Notice {
  /** The outcome in short; null where no provider is known to be concerned. */
  title: string | null;
  sentence: string;
  /** For the operator to find it in the log; null where nothing is broken. */
  requestId: string | null;
}

/** What happens to people without anything being broken: an id to quote would only be in their way. */
const ORDINARY: ReadonlySet<ErrorCode> = new Set([
  'access_denied',
  'account_exists',
  'identity_in_use',
  'last_identity',
  'rate_limited',
  'reauth_required',
  'state_expired',
  'unauthenticated',
]);

/** These come up while a provider is being connected to an account, not while somebody signs in. */
const WHILE_CONNECTING: ReadonlySet<ErrorCode> = new Set(['identity_in_use', 'session_changed']);

/** The notice for an error redirect, or null when nothing went wrong. Unknown codes read as an error of ours. */
export function noticeFor(query: ErrorQuery): Notice | null {
  if (query.error === undefined) return null;
  const code = isErrorCode(query.error) ? query.error : 'internal_error';
  const next = isProviderId(query.signInWith)
    ? ` Choose “Continue with ${providers[query.signInWith].label}”.`
    : '';
  return {
    title: isProviderId(query.provider) ? titleOf(code, query.provider) : null,
    sentence: sentenceOf(code) + next,
    requestId: ORDINARY.has(code) ? null : query.requestId,
  };
}

function titleOf(code: ErrorCode, provider: ProviderId): string {
  const { label } = providers[provider];
  return WHILE_CONNECTING.has(code)
    ? `${label} was not connected`
    : `Signing in with ${label} did not work`;
}
