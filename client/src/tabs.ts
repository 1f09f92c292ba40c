/** Tabs of one origin hear of each other by this channel. What is said there is only ever a reason to ask the service. */
const CHANNEL = 'latchkey';

/** The query parameter by which a page knows what it was returned to for. */
export const MARK = 'latchkey';

const POPUP = 'popup-';

interface Message {
  /** Who is signed in may have changed, at this service. */
  changed?: string;
  /** A popup is back, at an address with this query. */
  popup?: string;
  search?: string;
}

export function tell(message: Message): void {
  const channel = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none: it is of one origin
  channel.postMessage(message);
  channel.close();
}

/** @returns what ends the listening */
export function hear(listener: (message: Message) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => listener(data));
  return () => channel.close();
}

export function randomMark(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The address of a page with a mark; without what it says of an earlier sign-in that failed. */
export function marked(page: string, mark: string): string {
  const url = new URL(page);
  url.searchParams.set(MARK, mark);
  return url.href;
}

/**
 * Opens a popup, and waits until it is back: at a page of this origin that calls `finishPopup()`, which `createLatchkey`
 * does too.
 *
 * @param addressFor where it begins, to come back to a page with this mark
 * @returns the query of the address that it came back to; null where the browser has blocked the popup
 */
export function openPopup(
  addressFor: (mark: string) => string,
  signal: AbortSignal | undefined,
): Promise<string> | null {
  const mark = POPUP + randomMark();
  const popup = open(addressFor(mark), '_blank', 'popup,width=520,height=680');
  if (popup === null) return null;
  // The provider's pages in it have no business with this one.
  popup.opener = null;
  return new Promise((resolve, reject) => {
    const end = hear((message) => {
      if (message.popup !== mark) return;
      end();
      resolve(message.search ?? '');
    });
    signal?.addEventListener('abort', () => {
      end();
      reject(signal.reason as Error);
    });
  });
}

/**
 * On the page that a popup comes back to: tells the page that has opened it how it went, and closes the popup.
 *
 * @returns whether this page is such a popup; where not, it has done nothing
 */
export function finishPopup(): boolean {
  const { search } = location;
  const mark = new URLSearchParams(search).get(MARK);
  if (mark?.startsWith(POPUP) !== true) return false;
  tell({ popup: mark, search });
  close();
  return true;
}
