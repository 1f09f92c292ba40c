import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keptSecret, newSecret } from './kept-secret.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-kept-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('keptSecret', () => {
  it('makes a secret for its owner only, with the folder, and keeps it', () => {
    const file = join(folder, 'new', 'data', 'session_secret');
    const secret = keptSecret(file);
    expect(secret).toMatch(/^[\w-]{64}$/);
    expect(keptSecret(file)).toBe(secret);
    expect(readFileSync(file, 'utf8')).toBe(`${secret}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'new', 'data'))).toEqual(['session_secret']);
  });

  it('makes another one elsewhere', () => {
    expect(keptSecret(join(folder, 'one'))).not.toBe(keptSecret(join(folder, 'other')));
  });

  it.each<[string, (file: string) => void, RegExp]>([
    ['a file in the place of its folder', (file) => writeFileSync(dirname(file), ''), /EEXIST/],
    ['a folder in its place', (file) => mkdirSync(file, 0o700), /EISDIR/],
    ['a link to elsewhere', (file) => symlinkSync('/etc/hostname', file), /ELOOP/],
    ['a link to nowhere', (file) => symlinkSync('/nowhere/at/all', file), /ELOOP/],
    ['an empty file', (file) => writeFileSync(file, '', { mode: 0o600 }), /no secret in it/],
    ['a short one', (file) => writeFileSync(file, 'short\n', { mode: 0o600 }), /no secret in it/],
    [
      'a file that others may read',
      (file) => {
        writeFileSync(file, newSecret());
        chmodSync(file, 0o640);
      },
      /others may read or write it/,
    ],
  ])('asks for SESSION_SECRET instead of using %s', (_what, prepare, reason) => {
    const file = join(folder, 'data', 'session_secret');
    if (reason.source !== 'EEXIST') mkdirSync(dirname(file));
    prepare(file);
    expect(() => keptSecret(file)).toThrow(reason);
    expect(() => keptSecret(file)).toThrow(
      /SESSION_SECRET is missing, and one cannot be kept in .*: set one \(latchkey secret prints one\)/,
    );
  });
});

// Only root can give a file to another user.
const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('keptSecret, as root', () => {
  it('does not use what somebody else has put there', () => {
    const file = join(folder, 'session_secret');
    writeFileSync(file, newSecret(), { mode: 0o600 });
    chownSync(file, 12_345, 12_345);
    expect(() => keptSecret(file)).toThrow(/it belongs to another user/);
    // The folder's owner could replace it anyway: root runs a command where the service runs as its own user.
    chownSync(folder, 12_345, 12_345);
    expect(keptSecret(file)).toHaveLength(64);
  });
});
