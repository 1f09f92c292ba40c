import { describe, expect, it } from '@jest/globals';
import { createCipheriv } from 'node:crypto';
import * as z from 'zod';
import { createSeal } from './seal.js';

const [NEW, OLD] = ['n'.repeat(32), 'o'.repeat(32)];
const schema = z.object({ handle: z.string(), secret: z.string() });
const value = { handle: 'state', secret: 'verifier' };
const seal = createSeal([NEW], 'attempt', schema);

describe('createSeal', () => {
  it('opens a value it has sealed', () => {
    expect(seal.open(seal.close(value))).toEqual(value);
  });

  it('encrypts, and never seals a value the same way twice', () => {
    const [one, two] = [seal.close(value), seal.close(value)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('verifier');
    expect(one).toMatch(/^[\w.-]+$/);
  });

  it('rejects a value that was altered at any position', () => {
    const sealed = Buffer.from(seal.close(value), 'base64url');
    const opened = [...sealed.keys()].map((at) => {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
      return seal.open(changed.toString('base64url'));
    });
    expect(opened).toEqual(Array.from(sealed, () => null));
  });

  it('rejects a truncated value or tag', () => {
    const sealed = Buffer.from(seal.close(value), 'base64url');
    const opened = [...sealed.keys()].map((length) =>
      seal.open(sealed.subarray(0, length).toString('base64url')),
    );
    expect(opened).toEqual(Array.from(sealed, () => null));
  });

  it.each(['', '.', '....', 'a.b.c.d.e', 'null', '{}', '__proto__', 'x'.repeat(5000)])(
    'rejects %j',
    (text) => {
      expect(seal.open(text)).toBeNull();
    },
  );

  it('rejects a value sealed for another purpose', () => {
    const other = createSeal([NEW], 'pending-link', schema);
    expect(seal.open(other.close(value))).toBeNull();
  });

  it('rejects a value sealed with another secret', () => {
    expect(seal.open(createSeal([OLD], 'attempt', schema).close(value))).toBeNull();
  });

  it('opens with an older secret, and seals with the newest', () => {
    const rotated = createSeal([NEW, OLD], 'attempt', schema);
    expect(rotated.open(createSeal([OLD], 'attempt', schema).close(value))).toEqual(value);
    expect(seal.open(rotated.close(value))).toEqual(value);
  });

  it('rejects a value that does not match the schema', () => {
    const other = createSeal([NEW], 'attempt', z.object({ handle: z.number() }));
    expect(seal.open(other.close({ handle: 7 }))).toBeNull();
  });

  it('rejects a value encrypted under the secret itself', () => {
    const cipher = createCipheriv('aes-256-gcm', NEW, Buffer.alloc(12));
    const text = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
    const foreign = Buffer.concat([Buffer.alloc(12), cipher.getAuthTag(), text]);
    expect(seal.open(foreign.toString('base64url'))).toBeNull();
  });
});
