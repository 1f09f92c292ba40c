import { randomFillSync } from 'node:crypto';

/** Asking for a few random bytes costs as much as asking for many: they are drawn in advance, as Node does for its UUIDs. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** Random bytes, at most as many as the pool holds. They are handed out once, and none is left behind. */
export function randomBytes(size: number): Buffer {
  if (used + size > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + size));
  pool.fill(0, used, used + size);
  used += size;
  return bytes;
}

/**
 * A value that nobody can guess.
 *
 * @param size in bytes
 * @returns base64url
 */
export function randomToken(size: number): string {
  return randomBytes(size).toString('base64url');
}
