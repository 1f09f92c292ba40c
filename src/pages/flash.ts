import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { providers } from '../providers/registry.js';
import type { Words } from './text/words.js';

/** The query after a form. Anybody can write such an address, so it only chooses a message. */
export interface FlashQuery {
  done?: unknown;
  provider?: unknown;
}

type Done = keyof Words['flash'] | 'ended-everywhere' | 'deleted';

export function flashQuery(done: Done, provider?: ProviderId): string {
  return provider === undefined ? `?done=${done}` : `?done=${done}&provider=${provider}`;
}

interface Account {
  connected: ReadonlySet<ProviderId>;
  sessions: number;
}

/** The account page's message after a form; null when there is none, or it is not true. */
export function accountMessage(
  { flash }: Words,
  { done, provider }: FlashQuery,
  account: Account,
): string | null {
  if (done === 'connected' || done === 'disconnected' || done === 'acknowledged') {
    const isTrue =
      isProviderId(provider) && account.connected.has(provider) === (done !== 'disconnected');
    return isTrue ? flash[done](providers[provider].label) : null;
  }
  if (done === 'others-ended') return account.sessions === 1 ? flash[done] : null;
  return done === 'session-ended' || done === 'nothing-pending' ? flash[done] : null;
}
