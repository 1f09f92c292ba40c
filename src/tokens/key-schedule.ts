import { MAX_TOKEN_SECONDS } from '../config/token-audiences.js';
import type { SigningKeysTable } from '../database/schema.js';
import type { SigningKey } from './signing-key.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a key signs. */
const SIGNS_MS = 30 * DAY_MS;

/** How long a key is published before it signs: longer than verifiers keep the document. */
const AHEAD_MS = DAY_MS;

/** How long a key is published after it has signed: until that token is over, and an hour. */
const KEPT_MS = MAX_TOKEN_SECONDS * 1000 + HOUR_MS;

/** How much longer it is published each time, so that it need not be said for each token. */
const STEP_MS = 15 * 60_000;

/** How often keys are looked after, at least. One that signs is published for longer than that, so that none lapses. */
export const UPKEEP_MS = HOUR_MS;

/** A key of the database, and what our secrets have opened of it. */
export interface KnownKey {
  readonly row: SigningKeysTable;
  /** Null when none of them does. */
  readonly opened: SigningKey | null;
}

export type UsableKey = KnownKey & { readonly opened: SigningKey };

/**
 * The key that signs: the newest whose time has come. Where there is none, one that waits signs at once.
 *
 * @param keys the newest first
 */
export function signingNow(keys: readonly KnownKey[], now: number): UsableKey | null {
  const usable = keys.filter(isUsable);
  return usable.find(({ row }) => row.signs_from <= now) ?? usable.at(-1) ?? null;
}

/** The key that signs next; undefined when there is none. */
export function signingNext(keys: readonly KnownKey[], now: number): UsableKey | undefined {
  const newest = keys.find(isUsable);
  return newest === signingNow(keys, now) ? undefined : newest;
}

export function needsSuccessor(keys: readonly KnownKey[], now: number): boolean {
  const newest = keys.find(isUsable);
  return newest !== undefined && newest.row.signs_from + SIGNS_MS - AHEAD_MS <= now;
}

/** When a key signs that others have not seen yet. */
export function signsAhead(now: number): number {
  return now + AHEAD_MS;
}

/** Until when a key is to be published that signs at a time. */
export function publishedUntil(signsAt: number): number {
  return signsAt + KEPT_MS + STEP_MS;
}

/** Whether a key may sign: it is published for long enough. */
export function isHeld({ row }: KnownKey, now: number): boolean {
  return row.published_until >= now + KEPT_MS;
}

function isUsable(key: KnownKey): key is UsableKey {
  return key.opened !== null;
}
