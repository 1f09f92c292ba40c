import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compileService } from '../support/service-process.js';

let compiled: ReturnType<typeof compileService>;
let folder: string;

beforeAll(() => {
  compiled = compileService();
}, 30_000);

afterAll(() => compiled.remove());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-dot-env-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Starts the service in a folder, and returns how that failed. */
function start(environment: Record<string, string> = {}) {
  const { status, stderr } = spawnSync(process.execPath, [compiled.main], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    timeout: 15_000,
  });
  return { status, lines: stderr.trimEnd().split('\n') };
}

describe('.env', () => {
  it.each<[string, string | Buffer]>([
    ['UTF-8 with a byte order mark and CRLF', '\uFEFFPORT=canary\r\nPAGES=off\r\n'],
    ['UTF-16', Buffer.from('\uFEFFPORT=canary\r\nPAGES=off\r\n', 'utf16le')],
  ])('in %s is read', (_what, bytes) => {
    writeFileSync(join(folder, '.env'), bytes);
    const { status, lines } = start();
    expect(status).toBe(1);
    expect(lines.slice(1, -1)).toEqual(['  PORT ("canary") needs a whole number from 1 to 65535']);
  });

  it('with a # in a password says to percent-encode it', () => {
    writeFileSync(
      join(folder, '.env'),
      'DATABASE_URL=postgres://ada:canary#1@db.example.com/people\n',
    );
    const { status, lines } = start();
    expect(status).toBe(1);
    expect(lines.slice(1, -1)).toEqual([
      expect.stringMatching(/^ {2}DATABASE_URL \(\d+ characters\) .*: percent-encode # as %23/),
    ]);
  });

  it('gives way to the environment', () => {
    writeFileSync(join(folder, '.env'), 'PORT=canary\n');
    expect(start({ PORT: 'other' }).lines[1]).toContain('PORT ("other")');
  });

  it('that is a folder is refused in a sentence', () => {
    mkdirSync(join(folder, '.env'));
    const { status, lines } = start();
    expect([status, lines]).toEqual([
      1,
      [expect.stringMatching(/^The file .*\/\.env is a folder, /)],
    ]);
  });

  it('is refused with file and lines, without what they hold', () => {
    writeFileSync(join(folder, '.env'), 'PORT=3000\ncanary\nSESSION_SECRET="canary\n');
    const { status, lines } = start();
    expect(status).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^The file .*\/\.env cannot be used:$/),
      '  line 2 is not NAME=value',
      '  line 3 begins a value with ", and nothing ends it',
    ]);
  });
});
