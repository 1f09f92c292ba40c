import { describe, expect, it } from '@jest/globals';
import { CompactEncrypt, UnsecuredJWT } from 'jose';
import { z } from 'zod';
import { createSeal } from './seal.js';

const [NEW, OLD] = ['n'.repeat(32), 'o'.repeat(32)];
const schema = z.object({ handle: z.string(), secret: z.string() });
const value = { handle: 'state', secret: 'verifier' };
const seal = createSeal([NEW], 'attempt', schema);

describe('a seal', () => {
  it('opens what it closed', async () => {
    expect(await seal.open(await seal.close(value))).toEqual(value);
  });

  it('hides what it closed, and never closes twice alike', async () => {
    const [one, two] = [await seal.close(value), await seal.close(value)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('verifier');
    expect(one).toMatch(/^[\w.-]+$/);
  });

  it('does not open what was changed, in any of its parts', async () => {
    const parts = (await seal.close(value)).split('.');
    const changed = [0, 2, 3, 4].map((index) =>
      parts
        .map((part, at) =>
          at === index ? part.replace(/^./, part.startsWith('A') ? 'B' : 'A') : part,
        )
        .join('.'),
    );
    expect(await Promise.all(changed.map((text) => seal.open(text)))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it.each(['', '.', '....', 'a.b.c.d.e', 'null', '{}', '__proto__', 'x'.repeat(5000)])(
    'does not open %j',
    async (text) => {
      expect(await seal.open(text)).toBeNull();
    },
  );

  it('does not open what was closed for another purpose', async () => {
    const other = createSeal([NEW], 'pending-link', schema);
    expect(await seal.open(await other.close(value))).toBeNull();
  });

  it('does not open what was closed with another secret', async () => {
    expect(await seal.open(await createSeal([OLD], 'attempt', schema).close(value))).toBeNull();
  });

  it('opens with an older secret, and closes with the newest', async () => {
    const rotated = createSeal([NEW, OLD], 'attempt', schema);
    expect(await rotated.open(await createSeal([OLD], 'attempt', schema).close(value))).toEqual(
      value,
    );
    expect(await seal.open(await rotated.close(value))).toEqual(value);
  });

  it('does not open what has not the shape that it must have', async () => {
    const other = createSeal([NEW], 'attempt', z.object({ handle: z.number() }));
    expect(await seal.open(await other.close({ handle: 7 }))).toBeNull();
  });

  it('does not open an unsecured token, or one under a key of the sender’s', async () => {
    expect(await seal.open(new UnsecuredJWT(value).encode())).toBeNull();
    const text = new TextEncoder().encode(JSON.stringify(value));
    const foreign = await new CompactEncrypt(text)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(new TextEncoder().encode(NEW));
    expect(await seal.open(foreign)).toBeNull();
  });
});
