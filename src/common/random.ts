import { randomFillSync } from 'node:crypto';

/** Drawn in advance, as Node does for its UUIDs: a call for a few bytes costs as much as one for many. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** At most as many bytes as the pool holds. Bytes are erased from the pool once handed out. */
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

/** An unguessable token of `size` bytes, base64url. */
export function randomToken(size: number): string {
  return randomBytes(size).toString('base64url');
}
