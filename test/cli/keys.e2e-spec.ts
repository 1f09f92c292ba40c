import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signedIn } from '../support/accounts.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { compileService, type Finished, runCommand } from '../support/service-process.js';
import { keySetOf, tokenOf, verified } from '../support/tokens.js';

/* The operator's commands on signing keys: the compiled process, beside a service that runs on the same database. */

jest.setTimeout(60_000);

interface Listed {
  kid: string;
  state: string;
  signsFrom: string;
}

let compiled: ReturnType<typeof compileService>;
let latchkey: Latchkey;

beforeAll(async () => {
  compiled = compileService();
  latchkey = await startLatchkey({ TOKEN_AUDIENCES: 'api' });
});

afterAll(async () => {
  await latchkey.close();
  compiled.remove();
});

function run(args: string[], others: Record<string, string> = {}): Promise<Finished> {
  const set = Object.entries(latchkey.environment).filter((entry) => entry[1] !== undefined);
  const environment = Object.fromEntries(set) as Record<string, string>;
  return runCommand(compiled.main, { ...environment, LOG_LEVEL: 'info', ...others }, args);
}

const listed = async (others?: Record<string, string>) =>
  JSON.parse((await run(['keys', 'list', '--json'], others)).stdout) as Listed[];

describe('latchkey keys', () => {
  it('shows the keys, makes the next one, and withdraws them all', async () => {
    const [first, ...none] = await listed();
    expect([first?.state, none]).toEqual(['signs', []]);

    const rotated = await run(['keys', 'rotate']);
    const [next] = await listed();
    expect(rotated).toMatchObject({
      code: 0,
      stdout: `${next?.kid} is published, and signs from ${next?.signsFrom}.\n`,
      stderr: expect.stringContaining('"event":"signing_key_made"'),
    });
    expect(JSON.parse((await run(['keys', 'rotate', '--json'])).stdout)).toEqual({
      kid: next?.kid,
      signsFrom: next?.signsFrom,
    });
    expect((await listed()).map(({ kid, state }) => [kid, state])).toEqual([
      [next?.kid, 'next'],
      [first?.kid, 'signs'],
    ]);
    const shown = await run(['keys', 'list']);
    expect(shown.stdout.split('\n')[0]).toMatch(/^KID +STATE +SIGNS FROM +PUBLISHED UNTIL/);
    expect((await keySetOf(latchkey)).keys.map(({ kid }) => kid)).toEqual([next?.kid, first?.kid]);

    const browser = await signedIn(latchkey);
    const before = await tokenOf(latchkey, browser);
    const unasked = await run(['keys', 'rotate', '--now']);
    expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('add --yes') });
    await expect(verified(latchkey, before, 'api')).resolves.toMatchObject({ aud: 'api' });

    const withdrawn = await run(['keys', 'rotate', '--now', '--yes']);
    const [only, ...others] = await listed();
    expect([only?.state, others]).toEqual(['signs', []]);
    expect(withdrawn).toMatchObject({
      code: 0,
      stdout: `${only?.kid} signs now. Keys withdrawn: 2.\n`,
      stderr: expect.stringContaining('"event":"signing_keys_withdrawn"'),
    });
    await expect(verified(latchkey, before, 'api')).rejects.toThrow('no applicable key');
    await new Promise((resolve) => {
      setTimeout(resolve, 1100);
    });
    const after = await tokenOf(latchkey, browser);
    await expect(verified(latchkey, after, 'api')).resolves.toMatchObject({ aud: 'api' });
  });

  it('shows what it cannot open, and changes nothing by showing', async () => {
    const before = await latchkey.database.selectFrom('signing_keys').selectAll().execute();
    const [key] = await listed({ SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVo' });
    expect(key?.state).toBe('not opened');
    expect(await latchkey.database.selectFrom('signing_keys').selectAll().execute()).toEqual(
      before,
    );
  });
});
