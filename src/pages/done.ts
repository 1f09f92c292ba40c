import { providers } from '../providers/registry.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';

/** What has just been done on the account page. */
export type Done =
  | 'connected'
  | 'disconnected'
  | 'nothing-pending'
  | 'session-ended'
  | 'others-ended'
  | 'ended-everywhere'
  | 'deleted';

/** What the address after a form says. Anybody can write such an address, so it only chooses words. */
export interface DoneQuery {
  done?: unknown;
  provider?: unknown;
}

/** The query of the page that a form leads to. */
export function doneQuery(done: Done, provider?: ProviderId): string {
  return provider === undefined ? `?done=${done}` : `?done=${done}&provider=${provider}`;
}

/** What is so, for the message to be held against. */
interface Account {
  connected: ReadonlySet<ProviderId>;
  sessions: number;
}

/** The account page's message after a form; null when there is none, or it is not so. */
export function accountMessage({ done, provider }: DoneQuery, account: Account): string | null {
  if (done === 'connected' || done === 'disconnected') {
    const isSo =
      isProviderId(provider) && account.connected.has(provider) === (done === 'connected');
    return isSo ? `${providers[provider].label} is ${done}.` : null;
  }
  if (done === 'session-ended') return 'That browser is signed out.';
  if (done === 'others-ended' && account.sessions === 1)
    return 'All other browsers are signed out.';
  if (done === 'nothing-pending') {
    return 'Nothing was waiting to be connected any more. Below you see what is connected.';
  }
  return null;
}

/** The sign-in page's message to somebody who has just left; null when there is none. */
export function farewell({ done }: DoneQuery): string | null {
  if (done === 'ended-everywhere') return 'You are signed out everywhere.';
  if (done === 'deleted') {
    return 'Your account is deleted, with all that belonged to it. Signing in again starts a new one.';
  }
  return null;
}
