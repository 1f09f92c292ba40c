import { LatchkeyError } from './errors.js';
import { hear, tell } from './tabs.js';
import type { CurrentSession } from './types.js';

export type SessionListener = (session: CurrentSession) => void;

export interface SessionStore {
  known: () => CurrentSession | null;
  /** One question for all who ask at the same time. While the service is busy (429, 503), what was last known holds. */
  read: () => Promise<CurrentSession>;
  /** Somebody else may be signed in by now: whoever listens is told. */
  readAgain: () => void;
  /** Who is signed in may have changed, by something that was done here: other tabs are to ask, too. */
  changed: (now?: CurrentSession) => Promise<CurrentSession>;
  onChange: (listener: SessionListener) => () => void;
}

/**
 * @param base the service, so that tabs of one origin at two services do not mix them up
 * @param ask asks it who is signed in
 */
export function sessionStore(base: string, ask: () => Promise<CurrentSession>): SessionStore {
  const listeners = new Set<SessionListener>();
  let known: CurrentSession | null = null;
  let asking: Promise<CurrentSession> | null = null;
  let turn = 0;
  let stopListening: (() => void) | undefined;

  function know(answer: CurrentSession): CurrentSession {
    if (JSON.stringify(answer) === JSON.stringify(known)) return known ?? answer;
    known = answer;
    for (const listener of listeners) listener(answer);
    return answer;
  }

  async function askOnce(): Promise<CurrentSession> {
    const mine = turn;
    try {
      const answer = await ask();
      // An answer of before something changed is not taken for one of after.
      return mine === turn ? know(answer) : await read();
    } catch (error) {
      const isBusy = error instanceof LatchkeyError && [429, 503].includes(error.status ?? 0);
      if (isBusy && known !== null) return known;
      throw error;
    } finally {
      if (mine === turn) asking = null;
    }
  }

  const read = () => (asking ??= askOnce());

  // Nobody waits for this answer. Without one, what is known stays.
  const readAgain = () => void read().catch(() => {});

  function listen(): () => void {
    const stopHearing = hear(({ changed, popup }) => {
      // A popup may be back that nobody waits for any more.
      if (changed === base || popup !== undefined) readAgain();
    });
    const stop = new AbortController();
    // What happened while nobody looked, such as a sign-in on Latchkey's own pages, was told to no tab.
    document.addEventListener('visibilitychange', () => document.hidden || readAgain(), stop);
    return () => {
      stopHearing();
      stop.abort();
    };
  }

  return {
    known: () => known,
    read,
    readAgain,
    async changed(now) {
      turn += 1;
      asking = null;
      tell({ changed: base });
      return now === undefined ? read() : know(now);
    },
    onChange(listener) {
      // Of its own: the same function may listen twice.
      const mine: SessionListener = (session) => listener(session);
      if (listeners.size === 0) stopListening = listen();
      listeners.add(mine);
      return () => {
        if (listeners.delete(mine) && listeners.size === 0) stopListening?.();
      };
    },
  };
}
