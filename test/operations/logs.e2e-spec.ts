import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { Browser } from '../support/browser.js';
import { namesOf, sessionAmong } from '../support/cookies.js';
import { type Collector, startCollector } from '../support/collector.js';
import {
  answer as answerPage,
  APP,
  asApp,
  begin,
  codeIn,
  exchange,
  handOverByLink,
} from '../support/handover.js';
import { freePort } from '../support/free-port.mjs';
import { clientsOf, keysOf } from '../support/registration.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from '../support/service-process.js';

const SESSION_SECRET = 'canary-session-secret-0123456789-abc';
const secretOf = (provider: ProviderId) => `canary-${provider}-client-secret`;

let compiled: ReturnType<typeof compileService>;
let sandbox: Sandbox;
let service: ServiceProcess;
let collector: Collector;
let metrics: string;
let url: string;

/** Every value that only the person's browser, the service and the provider may know. */
const secrets = new Set<string>([SESSION_SECRET, ...providerIds.map(secretOf)]);
/** What the service has answered, but for the addresses at providers that it sends browsers to. */
const answers: Response[] = [];

beforeAll(async () => {
  compiled = compileService();
  const port = await freePort();
  url = `http://localhost:${port}`;
  const clients = clientsOf(url, secretOf);
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients });
  collector = await startCollector();
  const managementPort = await freePort();
  service = spawnService(compiled.main, {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: url,
    SESSION_SECRET,
    LOG_LEVEL: 'trace',
    MANAGEMENT_PORT: String(managementPort),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    PROVIDER_TIMEOUT_MS: '300',
    HANDOVER_TARGETS: APP,
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    ...keysOf(secretOf),
    ...sandbox.settings,
  });
  await ready(url, service);
  for (const provider of providerIds) await everythingThatHappensAt(provider);
  await whatElseHappens();
  await anApplication();
  collectFromProviders();
  await written();
  metrics = await (await fetch(`http://127.0.0.1:${managementPort}/metrics`)).text();
  await stop(service);
}, 60_000);

/** Waits for what the service has written and the pipe has not brought yet; not for what it never writes. */
async function written(): Promise<void> {
  const ids = answers.map(({ headers }) => String(headers['x-request-id']));
  for (let tries = 0; tries < 60; tries += 1) {
    const text = service.output();
    if (ids.every((id) => text.includes(`"requestId":"${id}","method"`))) return;
    await sleep(50);
  }
}

afterAll(async () => {
  await stop(service);
  await sandbox.close();
  await collector.close();
  compiled.remove();
});

async function everythingThatHappensAt(provider: ProviderId): Promise<void> {
  const faults = ['none', 'token_error', 'token_timeout', 'token_malformed', 'subject_object'];
  const own = {
    google: 'id_token_wrong_nonce',
    twitter: 'profile_refused',
    facebook: 'profile_error',
  };
  for (const fault of [...faults, own[provider]]) {
    await play(provider, { person: 'grace', fault });
  }
  await play(provider, { person: 'grace', decision: 'deny' });
  await play(provider, { name: 'Ada', email: 'ada@example.com', subject: '42' });
  await play(provider, { person: 'grace' }, (callback) => `${callback}&error[]=x`);
  await play(provider, { person: 'grace' }, (callback) =>
    callback.replace(/(?<=(state|oauth_token)=)./, '_'),
  );
}

/** The values of a browser's cookies, but for the one that names a provider. */
const secretsIn = async (browser: Browser) =>
  Object.entries(await browser.cookies())
    .filter(([name]) => !name.endsWith('-last'))
    .map(([, value]) => value);

/** Signs in, or fails to, in a new browser, and remembers all that was secret on the way. */
async function play(
  provider: ProviderId,
  consent: Parameters<Browser['consent']>[1],
  change = (callback: string) => callback,
): Promise<void> {
  const browser = new Browser({ url });
  const authorize = await browser.start(provider, { returnTo: '/account?page=1' });
  for (const value of await secretsIn(browser)) secrets.add(value);
  const callback = change(await browser.consent(authorize, consent));
  collectFrom(authorize);
  collectFrom(callback);
  answers.push(await browser.callback(callback), await browser.callback(callback));
  const session = sessionAmong(await browser.cookies());
  if (session !== undefined) {
    const id = decodeURIComponent(session).slice(2).split('.')[0] ?? '';
    for (const value of [session, decodeURIComponent(session), id]) secrets.add(value);
  }
  answers.push(
    await browser.get('/'),
    await browser.get('/account'),
    await browser.api('/users/me'),
    await browser.api('/auth/session'),
    await browser.apiSend('post', '/auth/logout'),
  );
}

async function whatElseHappens(): Promise<void> {
  const browser = new Browser({ url });
  for (const canary of ['canary-query', 'canary-cookie', 'canary-bearer']) secrets.add(canary);
  const headers = {
    Cookie: `${namesOf({ url }).session}=canary-cookie`,
    Authorization: 'Bearer canary-bearer',
    'X-Forwarded-For': '203.0.113.7',
  };
  const query = 'code=canary-query&access_token=canary-query&x=canary-query';
  const paths = ['/nowhere', '/not/health/x', '/users/me', '/', '/auth/nobody'];
  for (const path of [...paths, '/auth/google/callback']) {
    answers.push(
      await browser.get(`${path}?${query}`, headers),
      await browser.api(`${path}?${query}`, headers),
    );
  }
}

/** An application gets its session, asks with it, and has a browser connect a provider. */
async function anApplication(): Promise<void> {
  const browser = new Browser({ url });
  const { verifier, fields } = begin(APP);
  const page = await handOverByLink(browser, { verifier, fields }, { subject: '43', name: 'Ada' });
  const code = codeIn(await answerPage(browser, page), APP);
  const body = { code, codeVerifier: verifier, target: APP };
  const wrong = await exchange({ url }, { ...body, codeVerifier: begin().verifier });
  const exchanged = await exchange({ url }, body);
  const { sessionToken } = exchanged.body as { sessionToken: string };
  const asked = await asApp({ url }, { sessionToken }, 'post', '/auth/google/reauthenticate').send(
    fields,
  );
  const { searchParams } = new URL((asked.body as { url: string }).url);
  const ticket = searchParams.get('ticket') ?? '';
  for (const secret of [code, verifier, fields.state, sessionToken, ticket]) secrets.add(secret);
  for (const value of await secretsIn(browser)) secrets.add(value);
  await browser.get(`/auth/twitter/continue?ticket=${ticket}`);
  answers.push(
    wrong,
    await browser.get(`/auth/twitter/continue?ticket=${ticket}`),
    await asApp({ url }, { sessionToken }, 'get', '/users/me/sessions'),
    await exchange({ url }, body),
    await asApp({ url }, { sessionToken }, 'get', '/users/me'),
  );
}

function collectFrom(address: string): void {
  const names = ['state', 'nonce', 'code', 'oauth_token', 'oauth_verifier', 'denied'];
  const { searchParams } = new URL(address);
  for (const name of names) {
    const value = searchParams.get(name);
    if (value !== null) secrets.add(value);
  }
}

function collectFromProviders(): void {
  for (const { form, headers } of sandbox.requests) {
    for (const name of ['code', 'code_verifier']) {
      const value = form[name];
      if (value !== undefined) secrets.add(value);
    }
    const { authorization = '' } = headers;
    for (const [, value = ''] of authorization.matchAll(
      /(?:Bearer |oauth_(?:token|signature|nonce)=")([^"]+)/g,
    )) {
      secrets.add(value).add(decodeURIComponent(value));
    }
  }
}

const leakedIn = (text: string) => [...secrets].filter((secret) => text.includes(secret));

/** How tokens begin that the test never gets to see: Google's access and ID tokens, sealed attempts. */
const TOKENS = /ya29\.|eyJ[\w-]{8,}\.|4\/0A[\w-]{8}/;

interface Line {
  level: number;
  time: number;
  msg: string;
  requestId?: string;
  path?: string;
  outcome?: string;
  event?: string;
  provider?: string;
}

const lines = (): Line[] =>
  service
    .output()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

describe('the log', () => {
  it('is JSON lines, with a request id for every request', () => {
    expect(lines().length).toBeGreaterThan(100);
    for (const line of lines()) {
      expect(line).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
    }
    const ofRequests = lines().filter(
      ({ path, outcome }) => path !== undefined || outcome !== undefined,
    );
    for (const { requestId } of ofRequests) expect(requestId).toMatch(/^[\w-]{36}$/);
    expect(ofRequests.length).toBeGreaterThan(100);
  });

  it('has a line for every response, under the id that the client was given', () => {
    const logged = new Set(lines().map(({ requestId }) => requestId));
    const ids = answers.map(({ headers }) => String(headers['x-request-id']));
    expect(ids.filter((id) => !logged.has(id))).toEqual([]);
  });

  it('names the provider and the step that failed', () => {
    const outcomes = new Set(lines().map(({ outcome }) => outcome));
    for (const code of [
      'access_denied',
      'invalid_state',
      'provider_error',
      'provider_timeout',
      'invalid_id_token',
    ]) {
      expect(outcomes).toContain(code);
    }
    expect(lines()).toContainEqual(
      expect.objectContaining({ outcome: 'provider_timeout', provider: 'facebook', step: 'token' }),
    );
  });

  it.each(providerIds)('records the outcome and duration of each sign-in with %s', (provider) => {
    const path = `/auth/${provider}/callback`;
    for (const outcome of ['success', 'access_denied', 'provider_timeout', 'invalid_state']) {
      expect(lines()).toContainEqual(
        expect.objectContaining({
          msg: 'request answered',
          path,
          outcome,
          provider,
          status: 302,
          durationMs: expect.any(Number),
          trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        }),
      );
    }
  });

  it('has a line for every request to a provider, under the id of the incoming request', () => {
    const requests = lines().filter(({ event }) => event === 'provider_request');
    const answered = new Set(
      lines().flatMap(({ path, requestId }) => (path === undefined ? [] : [requestId])),
    );
    expect(requests.length).toBeGreaterThan(30);
    for (const line of requests) {
      expect(line).toMatchObject({
        provider: expect.stringMatching(/^(?:google|twitter|facebook)$/),
        step: expect.stringMatching(/^(?:discovery|keys|request_token|token|profile)$/),
        outcome: expect.stringMatching(/^(?:success|provider_error|provider_timeout)$/),
        durationMs: expect.any(Number),
      });
      expect(answered).toContain(line.requestId);
    }
  });

  it('warns once of X-Forwarded-For while TRUST_PROXY is off', () => {
    expect(lines().filter(({ event }) => event === 'untrusted_proxy')).toEqual([
      expect.objectContaining({ level: 40, forwarded: 1, trusted: 0 }),
    ]);
  });

  it('knows the request of what happened to an account', () => {
    const events = lines().filter(({ event }) => event === 'sign_in' || event === 'sign_out');
    expect(events.length).toBeGreaterThan(3);
    for (const { requestId } of events) expect(requestId).toMatch(/^[\w-]{36}$/);
  });

  it('contains no query, in a path or anywhere else', () => {
    const paths = lines().flatMap(({ path }) => path ?? []);
    expect(paths.filter((path) => path.includes('?'))).toEqual([]);
    expect(service.output()).not.toMatch(/returnTo=|oauth_token=|state=/);
  });

  it('contains no secret', () => {
    expect(secrets.size).toBeGreaterThan(150);
    expect(leakedIn(service.output())).toEqual([]);
    expect(service.output()).not.toMatch(TOKENS);
  });
});

describe('responses', () => {
  it('contain no secret, in bodies or in Locations', () => {
    const text = answers
      .map((answer) => `${answer.text}\n${answer.headers['location'] ?? ''}`)
      .join('\n');
    expect(answers.length).toBeGreaterThan(200);
    expect(leakedIn(text)).toEqual([]);
    expect(text).not.toMatch(TOKENS);
  });
});

describe('metrics and traces', () => {
  it('cover everything that has happened', () => {
    expect(metrics).toMatch(
      /latchkey_sign_ins_total\{provider="twitter",purpose="sign_in",outcome="success"\} [1-9]/,
    );
    expect(collector.spans.length).toBeGreaterThan(200);
  });

  it('contain no secret', () => {
    expect(leakedIn(metrics)).toEqual([]);
    expect(metrics).not.toMatch(TOKENS);
    expect(leakedIn(collector.received)).toEqual([]);
    expect(collector.received).not.toMatch(TOKENS);
    expect(collector.received).not.toMatch(/returnTo=|oauth_token=|state=|\?code/);
  });
});
