import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Export } from '../../src/users/export.schema.js';
import { me, signedIn } from '../support/accounts.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { addActivityRows } from '../support/rows-in-bulk.js';
import { compileService, runCommand } from '../support/service-process.js';

/* What becomes of a command whose result goes nowhere, or that waits for what never comes. */

jest.setTimeout(60_000);

let compiled: ReturnType<typeof compileService>;
let latchkey: Latchkey;
let environment: Record<string, string>;

beforeAll(async () => {
  compiled = compileService();
  latchkey = await startLatchkey();
  environment = Object.fromEntries(
    Object.entries(latchkey.environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
});

afterAll(async () => {
  await latchkey.close();
  compiled.remove();
});

/**
 * Runs a command with somewhere else to write to.
 *
 * @param stdout a file's descriptor, or `pipe` for one that nobody reads any more
 */
async function write(stdout: number | 'pipe', line: string, more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [compiled.main, ...line.split(' ')], {
    env: { ...environment, ...more },
    stdio: ['ignore', stdout, 'pipe'],
  });
  child.stdout?.destroy();
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

const commands = ['users find ada --json', 'migrate', 'migrate --check', 'doctor --offline'];

describe('a result', () => {
  it.each(commands)('that nobody reads is no failure: %s', async (line) => {
    expect(await write('pipe', line)).toEqual({ code: 0, said: '' });
  });

  it('that nobody reads still has its exit code', async () => {
    const { code } = await write('pipe', 'doctor --offline', { PORT: 'none' });
    expect(code).toBe(1);
  });

  // A device of Linux that is always full.
  it.each(commands)('that cannot be written is one: %s', async (line) => {
    const full = openSync('/dev/full', 'w');
    const written = await write(full, line);
    closeSync(full);
    expect(written).toEqual({ code: 1, said: 'The result could not be written (ENOSPC).\n' });
  });
});

describe('a result that comes in parts', () => {
  let line: string;

  beforeAll(async () => {
    const { id } = await me(await signedIn(latchkey));
    await addActivityRows(latchkey, id, 20_000);
    line = `users export ${id}`;
  });

  it('is all there when its reader is slower', async () => {
    const child = spawn(process.execPath, [compiled.main, ...line.split(' ')], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    for await (const part of child.stdout.setEncoding('utf8')) {
      text += part as string;
      if (text.length % 7 === 0) await sleep(5);
    }
    const { activity } = JSON.parse(text) as Export;
    expect(activity.length).toBeGreaterThan(15_000);
  });

  it('and that nobody reads is no failure', async () => {
    expect(await write('pipe', line)).toEqual({ code: 0, said: '' });
  });

  it('and that cannot be written is one', async () => {
    const full = openSync('/dev/full', 'w');
    const written = await write(full, line);
    closeSync(full);
    expect(written).toEqual({ code: 1, said: 'The result could not be written (ENOSPC).\n' });
  });
});

it('is told, and not taken for success, when what a command waits for never comes', async () => {
  // pg takes the port from here, and does not end its attempt to connect to one that cannot be.
  const { code, stdout, stderr } = await runCommand(
    compiled.main,
    { DATABASE_URL: 'postgres://latchkey@127.0.0.1/people', PGPORT: '99999' },
    ['migrate'],
  );
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^The command ended before it was done: .*\n$/),
  });
});
