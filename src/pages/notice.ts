import { type ErrorCode, isErrorCode } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { providers } from '../providers/registry.js';
import type { Words } from './text/words.js';

/** The query of the error redirect. Anybody can write such a URL, so nothing of it is trusted. */
interface ErrorQuery {
  error?: unknown;
  provider?: unknown;
  signInWith?: unknown;
  /** `link` while a provider was being connected. */
  purpose?: unknown;
  requestId: string | null;
}

export interface Notice {
  /** The outcome in short; null where no provider is known to be concerned. */
  title: string | null;
  sentence: string;
  /** Whether something is broken, and not only other than the person wanted. */
  isFault: boolean;
  /** For the operator to find it in the log; null where nothing is broken. */
  requestId: string | null;
}

/** Nothing is broken, so there is no request id to quote. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  'access_denied',
  'account_exists',
  'identity_in_use',
  'last_identity',
  'login_required',
  'rate_limited',
  'reauth_required',
  'state_expired',
  'unauthenticated',
]);

const WHILE_CONNECTING: ReadonlySet<ErrorCode> = new Set(['identity_in_use', 'session_changed']);

/**
 * The notice for an error redirect, or null when nothing went wrong. Unknown codes read as an error of ours.
 *
 * @param isSignedIn whether the reader is signed in, which connecting a provider requires
 */
export function noticeFor(words: Words, query: ErrorQuery, isSignedIn: boolean): Notice | null {
  if (query.error === undefined) return null;
  const code = isErrorCode(query.error) ? query.error : 'internal_error';
  const provider = isProviderId(query.provider) ? query.provider : null;
  const sentence = isConnecting(query)
    ? connectingSentence(words, code, isSignedIn)
    : signInSentence(words, code, provider, query.signInWith);
  const changed =
    isSignedIn && code === 'session_changed' ? sessionChanged(words, query, provider) : null;
  return {
    title: titleOf(words, code, provider, isConnecting(query)),
    sentence,
    isFault: !EXPECTED.has(code),
    requestId: EXPECTED.has(code) ? null : query.requestId,
    ...changed,
  };
}

/** Who is signed in is not whom it was for, and stays signed in. Null while a provider was being connected. */
function sessionChanged(
  { notice }: Words,
  { purpose }: ErrorQuery,
  provider: ProviderId | null,
): Notice | null {
  if (purpose === 'link') return null;
  if (purpose !== 'reauthenticate') {
    const { somebodyElse: title, forAnother: sentence } = notice;
    return { title, sentence, isFault: false, requestId: null };
  }
  const label = provider === null ? null : providers[provider].label;
  return {
    title: notice.anotherChosen,
    sentence: notice.notConnectedHere(label),
    isFault: false,
    requestId: null,
  };
}

/** Whether it is the provider that has failed: then it may work the next time. */
export function isProviderFault(code: unknown): boolean {
  return code === 'provider_timeout' || code === 'provider_error';
}

export function isConnecting({ purpose }: Pick<ErrorQuery, 'purpose'>): boolean {
  return purpose === 'link';
}

function connectingSentence(
  { errors, notice }: Words,
  code: ErrorCode,
  isSignedIn: boolean,
): string {
  const connecting: Partial<Record<ErrorCode, string>> = errors.connecting;
  const sentence = connecting[code] ?? errors.codes[code];
  // Where an account is taken, the sentence itself says what comes first.
  return isSignedIn || code === 'identity_in_use' ? sentence : `${sentence} ${notice.signInFirst}`;
}

function signInSentence(
  { errors, notice }: Words,
  code: ErrorCode,
  refused: ProviderId | null,
  signInWith: unknown,
): string {
  if (refused !== null && code === 'access_denied') {
    return notice.deniedMeans(providers[refused].label);
  }
  if (refused !== null && isProviderFault(code)) return notice.notYourFault;
  if (!isProviderId(signInWith)) return errors.codes[code];
  const { label } = providers[signInWith];
  // The owner of the address has another account of this provider connected; there can be only one.
  return code === 'account_exists' && signInWith === refused
    ? notice.otherAccount(label)
    : `${errors.codes[code]} ${notice.chooseButton(label)}`;
}

function titleOf(
  { notice }: Words,
  code: ErrorCode,
  provider: ProviderId | null,
  connecting: boolean,
): string | null {
  if (provider === null) return connecting ? notice.nothingConnected : null;
  const { label } = providers[provider];
  if (connecting || WHILE_CONNECTING.has(code)) return notice.notConnected(label);
  if (code === 'access_denied') return notice.denied(label);
  if (code === 'provider_timeout') return notice.noAnswer(label);
  return code === 'provider_error' ? notice.errorAnswer(label) : notice.signInFailed(label);
}
