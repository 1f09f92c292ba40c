import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { letTimePass, link, outcomeOf, signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { management, type Sample, samplesOf, scrape, valueOf } from '../support/metrics.js';

const SIGN_INS = 'latchkey_sign_ins_total';
const STARTS = 'latchkey_sign_in_starts_total';
const PROVIDER = 'latchkey_provider_request_duration_seconds';
const HTTP = 'latchkey_http_request_duration_seconds';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({
    MANAGEMENT_PORT: String(await freePort()),
    PROVIDER_TIMEOUT_MS: '300',
  });
});

afterAll(() => latchkey.close());

const read = async (): Promise<Sample[]> => samplesOf(await scrape(latchkey));

/** By how much something changes what a series says. */
async function growth(
  work: () => Promise<unknown>,
): Promise<(name: string, labels?: Record<string, string>) => number> {
  const before = await read();
  await work();
  const after = await read();
  return (name, labels) => valueOf(after, name, labels) - valueOf(before, name, labels);
}

/** Each series of the service's own, without its value. */
const seriesOf = (samples: Sample[]): string[] =>
  samples
    .filter(({ name }) => name.startsWith('latchkey_'))
    .map(({ name, labels }) => JSON.stringify([name, labels]))
    .toSorted();

/** Asks for what is not there, in many ways, with things that nobody else has asked for. */
async function ask(round: number): Promise<void> {
  for (const path of ['', 'users/', 'auth/google/', 'auth/', 'health/', 'docs/', 'account/']) {
    const made = `${latchkey.url}/${path}canary-${round}-${Math.random()}`;
    const headers = { 'User-Agent': `canary-${round}`, Accept: `text/canary-${round}` };
    await fetch(`${made}/canary?canary=${round}`, { headers });
    await fetch(made, { headers, redirect: 'manual' });
    await fetch(made, { method: 'POST', headers });
    await fetch(made, { method: 'PROPFIND', headers });
    await fetch(made, { method: 'MKCOL', headers });
  }
}

const steps: Record<ProviderId, string[]> = {
  google: ['token'],
  twitter: ['request_token', 'token', 'profile'],
  facebook: ['token', 'profile'],
};

// First: the count of sessions is kept for a while once it has been asked for.
describe('latchkey_sessions_active', () => {
  it('counts active sessions', async () => {
    for (const provider of providerIds) await signedIn(latchkey, provider);
    const browser = await signedIn(latchkey);
    await browser.apiSend('post', '/auth/logout');
    const expired = await signedIn(latchkey);
    const { body } = await expired.api('/auth/session');
    await latchkey.database
      .updateTable('sessions')
      .set({ expires_at: Date.now() - 1 })
      .where('id', '=', (body as { session: { id: string } }).session.id)
      .execute();
    expect(valueOf(await read(), 'latchkey_sessions_active')).toBe(3);
  });
});

describe.each(providerIds)('signing in with %s', (provider) => {
  const ended = (outcome: string, purpose = 'sign_in') => ({ provider, purpose, outcome });

  it('is counted at its start and its success', async () => {
    const grown = await growth(() => signedIn(latchkey, provider));
    expect(grown(STARTS, { provider, purpose: 'sign_in' })).toBe(1);
    expect(grown(SIGN_INS)).toBe(1);
    expect(grown(SIGN_INS, ended('success'))).toBe(1);
  });

  it('is counted by its error code when it fails', async () => {
    const failed = async (consent: object) =>
      outcomeOf(await new Browser(latchkey).signIn(provider, { person: 'ada', ...consent }));
    const grown = await growth(async () => {
      expect(await failed({ decision: 'deny' })).toBe('access_denied');
      expect(await failed({ fault: 'token_error' })).toBe('provider_error');
      expect(await failed({ fault: 'token_malformed' })).toBe('provider_error');
      expect(await failed({ fault: 'token_timeout' })).toBe('provider_timeout');
    });
    expect(grown(SIGN_INS)).toBe(4);
    expect(grown(SIGN_INS, ended('access_denied'))).toBe(1);
    expect(grown(SIGN_INS, ended('provider_error'))).toBe(2);
    expect(grown(SIGN_INS, ended('provider_timeout'))).toBe(1);
    const token = { provider, step: 'token' };
    expect(grown(`${PROVIDER}_count`, { ...token, outcome: 'provider_error' })).toBe(2);
    expect(grown(`${PROVIDER}_count`, { ...token, outcome: 'provider_timeout' })).toBe(1);
    expect(grown(`${PROVIDER}_sum`, { ...token, outcome: 'provider_timeout' })).toBeGreaterThan(
      0.25,
    );
  });

  it('is counted without a purpose when the callback matches no attempt', async () => {
    const query =
      provider === 'twitter' ? 'oauth_token=none&oauth_verifier=none' : 'state=none&code=none';
    const grown = await growth(() =>
      new Browser(latchkey).get(`/auth/${provider}/callback?${query}`),
    );
    expect(grown(SIGN_INS)).toBe(1);
    expect(grown(SIGN_INS, ended('invalid_state', 'none'))).toBe(1);
  });

  it('is counted as a link when it links', async () => {
    const other = provider === 'google' ? 'facebook' : 'google';
    const grown = await growth(async () => {
      const browser = await signedIn(latchkey, other);
      await link(browser, provider);
      await letTimePass(latchkey);
      expect((await browser.submit(`/auth/${provider}/link`)).status).not.toBe(303);
    });
    expect(grown(STARTS, { provider, purpose: 'link' })).toBe(1);
    expect(grown(SIGN_INS, ended('success', 'link'))).toBe(1);
    expect(grown(SIGN_INS, ended('success'))).toBe(0);
  });

  it('measures each request to the provider', async () => {
    const grown = await growth(() => signedIn(latchkey, provider));
    for (const step of steps[provider]) {
      const labels = { provider, step, outcome: 'success' };
      expect([step, grown(`${PROVIDER}_count`, labels)]).toEqual([step, 1]);
      expect(grown(`${PROVIDER}_sum`, labels)).toBeGreaterThan(0);
    }
    expect(grown(`${PROVIDER}_count`, { provider })).toBe(steps[provider].length);
  });
});

describe('a HEAD request to a start, or one to an unknown provider,', () => {
  it('is no sign-in', async () => {
    const grown = await growth(async () => {
      await fetch(`${latchkey.url}/auth/google`, { method: 'HEAD', redirect: 'manual' });
      await new Browser(latchkey).get('/auth/github');
      await new Browser(latchkey).get('/auth/github/callback?state=x&code=y');
    });
    expect(grown(SIGN_INS)).toBe(0);
    expect(grown(STARTS)).toBe(0);
  });
});

describe('requests', () => {
  it('are measured by the template of their route', async () => {
    const grown = await growth(async () => {
      const browser = await signedIn(latchkey, 'google', somebody());
      await browser.api('/users/me');
      await browser.apiSend('delete', '/users/me/sessions/0199c7d2-0000-7000-8000-000000000000');
      await new Browser(latchkey).api('/users/me');
      await browser.get('/');
    });
    const count = (labels: Record<string, string>) => grown(`${HTTP}_count`, labels);
    expect(count({ method: 'GET', route: '/auth/:provider', status: '302' })).toBe(1);
    expect(count({ method: 'GET', route: '/auth/:provider/callback', status: '302' })).toBe(1);
    expect(count({ method: 'GET', route: '/users/me', status: '200' })).toBe(1);
    expect(count({ method: 'GET', route: '/users/me', status: '401' })).toBe(1);
    expect(count({ method: 'DELETE', route: '/users/me/sessions/:id', status: '404' })).toBe(1);
    expect(count({ method: 'GET', route: '/', status: '200' })).toBe(1);
    expect(count({})).toBe(6);
  });

  it('create no new series, whatever they contain', async () => {
    await ask(0);
    const before = await read();
    for (let round = 1; round < 8; round += 1) await ask(round);
    const after = await read();
    expect(seriesOf(after)).toEqual(seriesOf(before));
    expect(JSON.stringify(after)).not.toContain('canary');
    expect(
      valueOf(after, `${HTTP}_count`, { route: 'unmatched', method: 'other' }),
    ).toBeGreaterThan(50);
  });

  it('aborted by the client are counted as such', async () => {
    const browser = new Browser(latchkey);
    const callback = await browser.consent(await browser.start('facebook'), {
      person: 'ada',
      fault: 'token_timeout',
    });
    const cookie = Object.entries(await browser.cookies())
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const grown = await growth(async () => {
      await expect(
        fetch(callback, {
          headers: { cookie },
          signal: AbortSignal.timeout(100),
          redirect: 'manual',
        }),
      ).rejects.toThrow('aborted');
      const deadline = Date.now() + 2000;
      while (Date.now() < deadline) {
        if (valueOf(await read(), `${HTTP}_count`, { status: 'aborted' }) > 0) break;
        await sleep(20);
      }
    });
    expect(grown(`${HTTP}_count`, { status: 'aborted' })).toBe(1);
  });
});

describe('the process', () => {
  it('is measured: event-loop lag, memory, start, version', async () => {
    const samples = await read();
    const names = new Set(samples.map(({ name }) => name));
    for (const name of [
      'nodejs_eventloop_lag_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_start_time_seconds',
    ]) {
      expect(names).toContain(name);
    }
    expect(valueOf(samples, 'latchkey_build_info')).toBe(1);
    expect(valueOf(samples, 'latchkey_check_up', { check: 'database' })).toBe(1);
  });
});

describe('the management port', () => {
  it('is the only place that serves metrics', async () => {
    for (const path of ['/metrics', '/users/metrics', '/auth/metrics', '/health/metrics']) {
      const response = await fetch(`${latchkey.url}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).not.toContain('latchkey_');
    }
  });

  it('serves what an operator reads, and nothing else', async () => {
    const metrics = await management(latchkey, '/metrics?name=x');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(metrics.headers.get('cache-control')).toBe('no-store');
    const paths = ['/', '/users/me', '/auth/google', '/openapi.json', '/metrics/', '//metrics'];
    for (const path of paths) {
      expect([path, (await management(latchkey, path)).status]).toEqual([path, 404]);
    }
    for (const method of ['POST', 'DELETE', 'PUT', 'OPTIONS']) {
      expect((await management(latchkey, '/metrics', { method })).status).toBe(405);
    }
    const head = await management(latchkey, '/metrics', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
