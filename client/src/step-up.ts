import { type LatchkeyError, withoutError } from './errors.js';
import { MARK, marked, randomMark } from './tabs.js';

const KEY = 'latchkey-intent';

/** What a person was about to do when they were asked to confirm who they are. */
export interface Intent<Action extends string = string> {
  readonly action: Action;
  readonly argument: unknown;
  /** Who it was: nobody else is to do it. */
  readonly user: string | undefined;
}

/** Tells the page apart that a confirmation has returned to from one that somebody went back to. */
interface KeptIntent extends Intent {
  readonly mark: string;
}

/** The page that is open, without what we have left in its address. */
export function here(): string {
  const url = new URL(location.href);
  url.search = withoutError(url.search, MARK);
  return url.href;
}

/**
 * Sends the browser to confirm who is there, and keeps what is to be done after it.
 *
 * @returns never, or that it was not done: the person has gone back
 */
export function confirmFirst(refusal: LatchkeyError, intent: Intent): Promise<never> {
  const mark = randomMark();
  const url = new URL(refusal.reauthUrl ?? '');
  const kept: KeptIntent = { ...intent, mark };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
  url.searchParams.set('returnTo', marked(here(), mark));
  url.searchParams.set('errorTo', here());
  location.assign(url);
  return new Promise((_, reject) => {
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) reject(refusal);
    });
  });
}

/**
 * What is to be done now, when the person has confirmed who they are. Asked once: whatever page this is, nothing is kept
 * after it, so that nobody who gives up in between does it later.
 */
export function takeIntent(): Intent | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const mark = new URLSearchParams(location.search).get(MARK);
  if (mark === null) return null;
  history.replaceState(history.state, '', here());
  const kept = text === null ? null : (JSON.parse(text) as KeptIntent);
  return kept?.mark === mark ? kept : null;
}
