import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { type Instances, startInstances } from '../support/instances.js';
import { onPostgres } from '../support/on-store.js';
import { queryPostgres } from '../support/query-postgres.js';

jest.setTimeout(180_000);

const [OLD, NEW] = [
  'the-old-secret-at-every-instance-0001',
  'the-new-secret-at-every-instance-0002',
];

let instances: Instances;

/** Verifies tokens by what an instance publishes now: whose turn it is, or the one at an address. */
async function verify(tokens: string[], url = instances.url): Promise<void> {
  const answer = await fetch(`${url}/.well-known/jwks.json`);
  const keys = createLocalJWKSet((await answer.json()) as JSONWebKeySet);
  const expected = { issuer: instances.url, audience: 'api', typ: 'at+jwt' };
  await Promise.all(tokens.map((token) => jwtVerify(token, keys, expected)));
}

// The embedded database has one instance.
onPostgres('SESSION_SECRET, rotated on two instances under load', () => {
  beforeAll(async () => {
    instances = await startInstances({ SESSION_SECRET: OLD ?? '', TOKEN_AUDIENCES: 'api' });
  }, 60_000);

  afterAll(() => instances.close());

  it('loses no token, and keeps the key', async () => {
    const over = new AbortController();
    const tokens: string[] = [];
    const failures: string[] = [];
    const people = Array.from({ length: 4 }, async () => {
      const browser = new Browser({ url: instances.url });
      await browser.signIn('google', somebody());
      while (!over.signal.aborted) {
        try {
          const { status, text, body } = await browser.apiSend('post', '/auth/token');
          if (status !== 200) throw new Error(`${status} ${text}`);
          const { accessToken } = body as { accessToken: string };
          tokens.push(accessToken);
          await verify([accessToken]);
        } catch (error) {
          failures.push(String(error));
        }
      }
    });
    for (const secrets of [`${OLD},${NEW}`, `${NEW},${OLD}`, NEW]) {
      await sleep(500);
      for (const at of [0, 1]) {
        await instances.stop(at);
        await instances.start(at, { SESSION_SECRET: secrets ?? '' });
      }
    }
    await sleep(500);
    over.abort();
    await Promise.all(people);
    process.stdout.write(`${tokens.length} tokens during 6 restarts, ${failures.length} lost\n`);
    expect(failures.map((failure) => `${failure}\n${instances.proxyLog()}`)).toEqual([]);
    expect(tokens.length).toBeGreaterThan(100);
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1);
    for (const url of instances.urls) await verify(tokens, url);
    const rows = await queryPostgres<{ kid: string }>(
      instances.databaseUrl,
      'select kid from signing_keys',
    );
    expect(rows).toHaveLength(1);
  });

  it('replaced at once, also loses no token: another key signs beside the old one', async () => {
    const browser = new Browser({ url: instances.url });
    await browser.signIn('google', somebody());
    const ask = async () =>
      ((await browser.apiSend('post', '/auth/token')).body as { accessToken: string }).accessToken;
    const tokens = [await ask(), await ask()];
    await instances.stop(0);
    await instances.start(0, { SESSION_SECRET: 'a-third-secret-that-nobody-knew-00003' });
    for (const url of instances.urls) await verify(tokens, url);
    const { keys } = (await (
      await fetch(`${instances.urls[0] ?? ''}/.well-known/jwks.json`)
    ).json()) as JSONWebKeySet;
    expect(keys).toHaveLength(2);
  });
});
