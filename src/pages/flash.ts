import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { providers } from '../providers/registry.js';
import { messages } from './messages.js';

/** The query after a form. Anybody can write such an address, so it only chooses a message. */
export interface FlashQuery {
  done?: unknown;
  provider?: unknown;
}

export function flashQuery(done: keyof typeof messages.flash, provider?: ProviderId): string {
  return provider === undefined ? `?done=${done}` : `?done=${done}&provider=${provider}`;
}

interface Account {
  connected: ReadonlySet<ProviderId>;
  sessions: number;
}

/** The account page's message after a form; null when there is none, or it is not true. */
export function accountMessage({ done, provider }: FlashQuery, account: Account): string | null {
  if (done === 'connected' || done === 'disconnected' || done === 'acknowledged') {
    const isTrue =
      isProviderId(provider) && account.connected.has(provider) === (done !== 'disconnected');
    return isTrue ? messages.flash[done](providers[provider].label) : null;
  }
  if (done === 'others-ended') return account.sessions === 1 ? messages.flash[done] : null;
  return done === 'session-ended' || done === 'nothing-pending' ? messages.flash[done] : null;
}

/** The sign-in page's message after a sign-out or a deletion; null when there is none. */
export function signedOutMessage({ done }: FlashQuery): string | null {
  return done === 'ended-everywhere' || done === 'deleted' ? messages.flash[done] : null;
}
