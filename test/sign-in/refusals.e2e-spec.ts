import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import type { ErrorCode } from '../../src/common/errors/app-error.js';
import type { ProviderId } from '../../src/common/provider-id.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { backChannel } from '../support/back-channel.js';
import { Browser, type Consent, locationOf, paramsOf } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';
import { samplesOf, valueOf } from '../support/metrics.js';
import { clientsOf, keysOf } from '../support/registration.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

const secretOf = (provider: ProviderId) => `secret-of-${provider}`;

let compiled: ReturnType<typeof compileService>;
let sandbox: Sandbox;
let service: ServiceProcess;
let url: string;
let metricsUrl: string;
let browser: Browser;

beforeAll(async () => {
  compiled = compileService();
  const [port, managementPort] = [await freePort(), await freePort()];
  url = `http://localhost:${port}`;
  metricsUrl = `http://127.0.0.1:${managementPort}/metrics`;
  const clients = clientsOf(url, secretOf);
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients });
  service = spawnService(compiled.main, {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: url,
    SESSION_SECRET: 'a-secret-for-the-log-of-refusals-0001',
    MANAGEMENT_PORT: String(managementPort),
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    ...keysOf(secretOf),
    ...sandbox.settings,
  });
  await ready(url, service);
}, 60_000);

beforeEach(() => {
  sandbox.reset();
  browser = new Browser({ url });
});

afterAll(async () => {
  await stop(service);
  await sandbox.close();
  compiled.remove();
});

/** All that the log says of a request with an outcome, in one. */
async function logged(response: Response): Promise<Record<string, unknown>> {
  const id = String(response.headers['x-request-id']);
  for (let tries = 0; tries < 60; tries += 1) {
    const lines = service
      .output()
      .split('\n')
      .filter((line) => line.includes(id) && line.includes('"outcome"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    if (lines.some(({ path }) => path !== undefined)) {
      const level = Math.max(...lines.map((line) => Number(line['level'])));
      return { ...lines[0], ...lines[1], level };
    }
    await sleep(50);
  }
  throw new Error(`Nothing of ${id} in the log`);
}

const codeOf = (response: Response) => paramsOf(response)['error'];

async function ended(
  provider: ProviderId,
  outcome: ErrorCode,
  labels: Record<string, string> = {},
): Promise<number> {
  const samples = samplesOf(await (await fetch(metricsUrl)).text());
  return valueOf(samples, 'latchkey_sign_ins_total', { provider, outcome, ...labels }) || 0;
}

/** Brings an answer, and checks that it has signed nobody in and that nobody was asked about it. */
async function bring(callback: string): Promise<Response> {
  const asked = backChannel(sandbox).length;
  const response = await browser.callback(callback);
  expect(response.status).toBe(302);
  expect(backChannel(sandbox)).toHaveLength(asked);
  expect((await browser.api('/auth/session')).body).toMatchObject({ user: null });
  return response;
}

describe('an error without state', () => {
  const errors: [string, string, ErrorCode, object][] = [
    [
      'an app that is not live',
      'error_code=1349126&error_message=App+not+active',
      'provider_error',
      { level: 50, reason: '1349126' },
    ],
    [
      'another error',
      'error=server_error&error_code=2&error_description=x',
      'provider_error',
      { level: 50, reason: 'server_error', providerCode: '2' },
    ],
    [
      'a refusal',
      'error=access_denied&error_code=200&error_reason=user_denied',
      'access_denied',
      { level: 30, reason: 'access_denied', providerCode: '200' },
    ],
    ['a dialog that was closed', 'error_code=4201', 'access_denied', { reason: '4201' }],
    ['text of its own', 'error=canary-in-error', 'provider_error', { reason: 'unknown error' }],
  ];

  it.each(errors)('of Facebook is told as it is: %s', async (_name, query, code, line) => {
    const authorize = await browser.start('facebook');
    const before = await browser.cookies();
    const response = await bring(`${url}/auth/facebook/callback?${query}`);
    expect(codeOf(response)).toBe(code);
    const log = await logged(response);
    expect(log).toMatchObject({ provider: 'facebook', step: 'authorize', ...line });
    expect(JSON.stringify(log)).not.toMatch(/canary|not active/i);
    // The attempt that is open goes on.
    expect(await browser.cookies()).toEqual(before);
    const callback = await browser.consent(authorize, { person: 'ada' });
    expect(locationOf(await browser.callback(callback))).toMatch(/^\/account/);
  });

  it('of Facebook is counted as what anybody can send, and not as a sign-in that failed', async () => {
    const none = { purpose: 'none' };
    const before = await ended('facebook', 'provider_error');
    const sent = await ended('facebook', 'provider_error', none);
    await browser.callback(`${url}/auth/facebook/callback?error_code=1349126`);
    expect(await ended('facebook', 'provider_error', none)).toBe(sent + 1);
    expect(await ended('facebook', 'provider_error')).toBe(before + 1);
  });

  it('of Facebook answers a script with problem details', async () => {
    const target = '/auth/facebook/callback?error_code=1349126&error_message=x';
    const { status, body } = await browser.get(target, { Accept: 'application/json' });
    expect([status, body]).toMatchObject([502, { code: 'provider_error' }]);
  });

  it.each([
    ['facebook', 'code=abc'],
    ['facebook', ''],
    ['facebook', 'error='],
    ['facebook', 'state=&error=access_denied'],
    ['facebook', `state=${'x'.repeat(43)}&error=access_denied`],
    ['facebook', 'error=access_denied&error=server_error'],
    ['facebook', 'error[]=access_denied'],
    ['google', 'error=access_denied'],
    ['google', 'error_code=1349126'],
    ['twitter', 'error=access_denied'],
  ])('is not believed otherwise: %s?%s', async (provider, query) => {
    const response = await bring(`${url}/auth/${provider}/callback?${query}`);
    expect(codeOf(response)).toBe('invalid_state');
  });
});

describe('an error with state', () => {
  it.each<[ProviderId, Consent, ErrorCode, string]>([
    ['google', { decision: 'deny' }, 'access_denied', 'access_denied'],
    ['google', { fault: 'server_error' }, 'provider_error', 'server_error'],
    ['twitter', { decision: 'deny' }, 'access_denied', 'denied'],
    ['facebook', { decision: 'deny' }, 'access_denied', 'access_denied'],
    ['facebook', { fault: 'error_message' }, 'provider_error', '1349126'],
  ])('of %s leaves its reason in the log: %j', async (provider, consent, code, reason) => {
    const authorize = await browser.start(provider);
    const answer = await browser.consent(authorize, { person: 'ada', ...consent });
    const response = await bring(answer);
    expect(codeOf(response)).toBe(code);
    expect(await logged(response)).toMatchObject({ provider, step: 'authorize', reason });
  });
});

describe('prompt=none', () => {
  const reasons = [
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
  ] as const;

  it.each(reasons)('that Google answers with %s is no failure of Google’s', async (reason) => {
    if (reason !== 'login_required') sandbox.failNext('google', 'login', reason);
    const before = [
      await ended('google', 'login_required'),
      await ended('google', 'provider_error'),
    ];
    const authorize = await browser.start('google', { prompt: 'none', returnTo: '/inbox' });
    const { headers } = await fetch(authorize, { redirect: 'manual' });
    const response = await bring(headers.get('location') ?? '');
    expect(paramsOf(response)).toMatchObject({ error: 'login_required', returnTo: '/inbox' });
    expect(await logged(response)).toMatchObject({ level: 30, outcome: 'login_required', reason });
    const after = [
      await ended('google', 'login_required'),
      await ended('google', 'provider_error'),
    ];
    expect(after).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });

  it('answers a script with problem details', async () => {
    const authorize = await browser.start('google', { prompt: 'none' });
    const { headers } = await fetch(authorize, { redirect: 'manual' });
    const json = { Accept: 'application/json' };
    const { status, body } = await browser.callback(headers.get('location') ?? '', json);
    expect([status, body]).toMatchObject([403, { code: 'login_required' }]);
  });
});

describe('an account that X does not let in', () => {
  it.each([
    ['suspended', '64'],
    ['locked', '326'],
  ] as const)('(%s) is not let in here', async (fault, reason) => {
    await new Browser({ url }).signIn('twitter', { person: 'grace' });
    const before = await ended('twitter', 'provider_error');
    const response = await browser.signIn('twitter', { person: 'grace', fault });
    expect(codeOf(response)).toBe('access_denied');
    expect(await logged(response)).toMatchObject({ level: 30, provider: 'twitter', reason });
    expect((await browser.api('/auth/session')).body).toMatchObject({ user: null });
    expect(await ended('twitter', 'provider_error')).toBe(before);
  });

  it('and a token that X does not believe sign nobody in', async () => {
    const fault = 'token_not_believed';
    const response = await browser.signIn('twitter', { person: 'ada', fault });
    expect(codeOf(response)).toBe('provider_error');
    expect(await logged(response)).toMatchObject({ level: 50, step: 'profile', reason: '99' });
  });

  it('differs from a profile that the app’s plan does not include', async () => {
    const response = await browser.signIn('twitter', { person: 'ada', fault: 'profile_refused' });
    expect(locationOf(response)).toBe('/account');
  });
});
