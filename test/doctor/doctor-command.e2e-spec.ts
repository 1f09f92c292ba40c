import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runDoctor } from '../support/doctor.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { compileService } from '../support/service-process.js';

/** Nothing that a report may show. */
const SESSION_SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const TIMEOUT_MS = 30_000;

let latchkey: Latchkey;
let compiled: ReturnType<typeof compileService>;

beforeAll(async () => {
  compiled = compileService();
  latchkey = await startLatchkey();
}, TIMEOUT_MS);

afterAll(async () => {
  await latchkey.close();
  compiled.remove();
});

function run(overrides: Record<string, string>, ...args: string[]) {
  return runDoctor(compiled.main, { ...latchkey.environment, SESSION_SECRET, ...overrides }, args);
}

describe('latchkey doctor', () => {
  it(
    'writes a report, and exits with 0 when nothing is broken',
    async () => {
      const { code, output } = await run({});
      expect(output).toMatch(/^configuration\n {2}ok {7}Every variable can be used\.\n/);
      expect(output).toContain(`Redirect URI: ${latchkey.url}/auth/google/callback\n`);
      expect(output).toContain('  ok       X accepts the keys and the redirect URI.\n');
      expect(output).toMatch(/\n0 broken, \d+ warning\(s\), \d+ ok\.\n$/);
      // Colours are for terminals.
      expect(output).not.toContain('\u001B');
      expect(output).not.toContain(SESSION_SECRET);
      expect(output).not.toMatch(/(?:google|twitter|facebook)-secret/);
      expect(code).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'asks the running service with --request',
    async () => {
      const { code, output } = await run({}, '--request');
      expect(output).toContain(`  ok       ${latchkey.url} leads to the service.\n`);
      expect(output).toContain('  ok       Sec-Fetch-Site arrives');
      expect(code).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'exits with 1 when something is broken, and says what to do',
    async () => {
      const { code, output } = await run({
        NODE_ENV: 'production',
        PUBLIC_URL: 'https://id.test',
        SESSION_SECRET: 'hunter2',
        GOOGLE_CLIENT_SECRET: 'hunter2-wrong',
        FACEBOOK_DIALOG_URL: 'http://user:hunter2@dialog.test',
        DATABASE_URL: `postgres://latchkey:hunter2@127.0.0.1:${await freePort()}/latchkey`,
      });
      expect(output).toMatch(/ {2}BROKEN {3}SESSION_SECRET needs at least 32 characters/);
      expect(output).toMatch(/ {2}BROKEN {3}FACEBOOK_DIALOG_URL needs an https URL/);
      expect(output).toMatch(
        / {2}BROKEN {3}Google refuses the keys \(401, invalid_client\)\.\n {13}Copy/,
      );
      expect(output).toMatch(/ {2}BROKEN {3}The database at 127\.0\.0\.1:\d+\/latchkey cannot be/);
      expect(output).toMatch(/\n[5-9] broken, .*Correct what is broken first\.\n$/);
      expect(output).not.toContain('hunter2');
      expect(output).not.toContain('    at ');
      expect(code).toBe(1);
    },
    TIMEOUT_MS,
  );

  it(
    'writes JSON with --json',
    async () => {
      const { code, output } = await run({ PORT: 'eighty' }, '--json', '--offline');
      expect(JSON.parse(output)).toEqual({
        broken: true,
        findings: expect.arrayContaining([
          {
            check: 'configuration',
            status: 'broken',
            message: 'PORT needs a whole number from 1 to 65535.',
            action: expect.stringContaining('Correct PORT'),
          },
          {
            check: 'runtime',
            status: 'ok',
            message: expect.stringMatching(/^Node\.js \d/),
            action: null,
          },
        ]),
      });
      expect(code).toBe(1);
    },
    TIMEOUT_MS,
  );
});
