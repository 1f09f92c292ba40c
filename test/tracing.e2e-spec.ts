import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../src/common/provider-id.js';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.js';
import { outcomeOf, somebody } from './support/accounts.js';
import { backChannel } from './support/back-channel.js';
import { Browser, type Consent } from './support/browser.js';
import { type Collector, type ReceivedSpan, startCollector } from './support/collector.js';
import { freePort } from './support/free-port.js';
import {
  compileService,
  ready,
  type ServiceProcess,
  spawnService,
  stop,
} from './support/service-process.js';

const STATE = 'vendor=opaque,other=1';
const SECRET = 'canary-session-secret-0123456789-abc';

let compiled: ReturnType<typeof compileService>;
let sandbox: Sandbox;
let service: ServiceProcess;
let url: string;
let port: number;
/** Every value that only the person's browser, the service and the provider may know. */
const secrets = new Set<string>([SECRET]);

let count = 0;

/** A trace that somebody in front of the service has begun. */
function aTrace(flags = '01') {
  count += 1;
  const traceId = `0af7651916cd43dd8448eb2100${String(count).padStart(6, '0')}`;
  const parentId = `b7ad6b7100${String(count).padStart(6, '0')}`;
  const traceparent = `00-${traceId}-${parentId}-${flags}`;
  return { traceId, parentId, headers: { traceparent, tracestate: STATE } };
}

beforeAll(async () => {
  compiled = compileService();
  port = await freePort();
  url = `http://localhost:${port}`;
  const client = (provider: ProviderId) => ({
    clientId: `${provider}-client`,
    clientSecret: secretOf(provider),
    redirectUri: `${url}/auth/${provider}/callback`,
  });
  const clients = {
    google: client('google'),
    twitter: client('twitter'),
    facebook: client('facebook'),
  };
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, clients });
}, 30_000);

afterAll(async () => {
  await sandbox.close();
  compiled.remove();
});

function secretOf(provider: ProviderId): string {
  const secret = `canary-${provider}-client-secret`;
  secrets.add(secret);
  return secret;
}

async function startService(environment: Record<string, string>): Promise<void> {
  service = spawnService(compiled.main, {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: url,
    SESSION_SECRET: SECRET,
    PROVIDER_TIMEOUT_MS: '500',
    RATE_LIMIT_PER_MINUTE: '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    ...Object.fromEntries(
      providerIds.flatMap((id) => [
        [`${id.toUpperCase()}_CLIENT_ID`, `${id}-client`],
        [`${id.toUpperCase()}_CLIENT_SECRET`, secretOf(id)],
      ]),
    ),
    GOOGLE_ISSUER: sandbox.googleIssuer,
    TWITTER_API_URL: sandbox.twitterApiUrl,
    FACEBOOK_DIALOG_URL: sandbox.facebookDialogUrl,
    FACEBOOK_GRAPH_URL: sandbox.facebookGraphUrl,
    ...environment,
  });
  await ready(url, service);
}

/** Signs in with the trace in each request of the browser to the service. Returns the callback's outcome. */
async function signIn(
  provider: ProviderId,
  headers: Record<string, string>,
  consent: Consent = {},
): Promise<string> {
  const browser = new Browser({ url });
  const start = await browser.get(`/auth/${provider}`, headers);
  for (const value of Object.values(await browser.cookies())) secrets.add(value);
  const authorize = String(start.headers['location']);
  const callback = await browser.consent(authorize, { ...somebody(), ...consent });
  for (const address of [authorize, callback]) {
    for (const name of ['state', 'nonce', 'code', 'oauth_token', 'oauth_verifier']) {
      const value = new URL(address).searchParams.get(name);
      if (value !== null) secrets.add(value);
    }
  }
  const answer = await browser.callback(callback, headers);
  for (const value of Object.values(await browser.cookies())) {
    secrets.add(value).add(decodeURIComponent(value));
  }
  return outcomeOf(answer);
}

/** The trace headers of what a piece of work has made the service ask of providers. */
async function passedOn(work: () => Promise<unknown>): Promise<(string | undefined)[][]> {
  const before = backChannel(sandbox).length;
  await work();
  return backChannel(sandbox)
    .slice(before)
    .map(({ headers }) => [headers['traceparent'], headers['tracestate'], headers['baggage']]);
}

interface Line {
  requestId?: string;
  trace_id?: string;
  event?: string;
  path?: string;
}

const lines = (): Line[] =>
  service
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Waits for the lines about a number of requests in a trace. */
async function linesOf(traceId: string, answered: number): Promise<Line[]> {
  const ofTrace = () => lines().filter((line) => line.trace_id === traceId);
  for (let tries = 0; tries < 60; tries += 1) {
    if (ofTrace().filter(({ path }) => path !== undefined).length >= answered) break;
    await sleep(50);
  }
  return ofTrace();
}

describe('while OpenTelemetry is off', () => {
  beforeAll(() => startService({ OTEL_SERVICE_NAME: 'unused' }), 15_000);

  afterAll(() => stop(service));

  it.each(providerIds)('a trace that comes in is passed on to %s as it came', async (provider) => {
    const { headers } = aTrace();
    const passed = await passedOn(() => signIn(provider, { ...headers, baggage: 'user=ada' }));
    expect(passed.length).toBeGreaterThanOrEqual(provider === 'twitter' ? 3 : 1);
    for (const each of passed) expect(each).toEqual([headers.traceparent, STATE, undefined]);
  });

  it('its id is on every line about the requests, and on no other request’s', async () => {
    const { traceId, headers } = aTrace();
    await Promise.all([signIn('twitter', headers), signIn('twitter', {})]);
    const traced = await linesOf(traceId, 2);
    const ids = new Set(traced.map(({ requestId }) => requestId));
    expect(ids.size).toBe(2);
    expect(lines().filter(({ requestId }) => ids.has(requestId))).toEqual(traced);
    const events = traced.flatMap(({ event }) => event ?? []);
    expect(events).toEqual(expect.arrayContaining(['provider_request', 'sign_in']));
    expect(events.filter((event) => event === 'provider_request')).toHaveLength(3);
  });

  it('nothing is passed on when no trace comes in', async () => {
    const passed = await passedOn(() => signIn('facebook', {}));
    expect(passed.length).toBeGreaterThan(0);
    for (const each of passed) expect(each).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a version that is none', { traceparent: `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }],
    ['a trace id of zeros', { traceparent: `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01` }],
    ['a parent of zeros', { traceparent: `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01` }],
    ['capitals', { traceparent: `00-${'A'.repeat(32)}-${'b'.repeat(16)}-01` }],
    ['markup', { traceparent: '<script>alert(1)</script>' }],
    ['a state alone', { tracestate: STATE }],
  ])('%s is neither passed on nor logged', async (_name, headers) => {
    const before = lines().length;
    const passed = await passedOn(() => signIn('facebook', headers));
    expect(passed.length).toBeGreaterThan(0);
    for (const each of passed) expect(each).toEqual([undefined, undefined, undefined]);
    expect(
      lines()
        .slice(before)
        .filter((line) => 'trace_id' in line),
    ).toEqual([]);
  });
});

describe('while OpenTelemetry is on', () => {
  let collector: Collector;
  const traces = {
    google: aTrace(),
    twitter: aTrace(),
    facebook: aTrace(),
    failing: aTrace(),
    dropped: aTrace('00'),
  };

  const passed = new Map<ProviderId, (string | undefined)[][]>();
  let failedWith: string;
  let beforeStop: number;
  let exitCode: number | null;

  const spansOf = ({ traceId }: { traceId: string }): ReceivedSpan[] =>
    collector.spans.filter((span) => span.traceId === traceId);

  beforeAll(async () => {
    collector = await startCollector();
    await startService({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      // Nothing leaves before the service stops.
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    });
    for (const provider of providerIds) {
      passed.set(provider, await passedOn(() => signIn(provider, traces[provider].headers)));
    }
    failedWith = await signIn('facebook', traces.failing.headers, { fault: 'token_timeout' });
    await signIn('facebook', traces.dropped.headers);
    await signIn('facebook', {});
    await new Browser({ url }).get('/canary-path/x?code=canary-query', aTrace().headers);
    secrets.add('canary-query');
    beforeStop = collector.spans.length;
    exitCode = await stop(service);
  }, 30_000);

  afterAll(() => collector.close());

  it('the last spans leave when the service stops', () => {
    expect([beforeStop, exitCode]).toEqual([0, 0]);
    expect(collector.spans.length).toBeGreaterThan(10);
  });

  it.each(providerIds)('%s is given the trace with a parent of ours', (provider) => {
    const { traceId, headers } = traces[provider];
    expect(passed.get(provider)?.length).toBeGreaterThan(0);
    for (const [traceparent, tracestate] of passed.get(provider) ?? []) {
      expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
      expect(traceparent).not.toBe(headers.traceparent);
      expect(tracestate).toBe(STATE);
    }
  });

  it.each(providerIds)('a sign-in with %s is spans of the caller’s trace', (provider) => {
    const { parentId } = traces[provider];
    const spans = spansOf(traces[provider]);
    const servers = spans.filter(({ kind }) => kind === 2);
    const clients = spans.filter(({ kind }) => kind === 3);
    expect(servers.map(({ name }) => name).toSorted()).toEqual([
      'GET /auth/:provider',
      'GET /auth/:provider/callback',
    ]);
    for (const server of servers) {
      expect(server).toMatchObject({
        parentSpanId: parentId,
        status: 0,
        attributes: {
          'http.request.method': 'GET',
          'http.response.status_code': 302,
          'http.route': server.name.slice(4),
          'url.path': expect.stringMatching(`^/auth/${provider}`),
          'url.scheme': 'http',
        },
        resource: {
          'service.name': 'latchkey',
          'service.version': expect.any(String),
          'deployment.environment.name': 'test',
        },
      });
    }
    const callback = servers.find(({ name }) => name.endsWith('/callback'));
    expect(callback?.attributes).toMatchObject({
      'latchkey.outcome': 'success',
      'latchkey.provider': provider,
    });
    const token = clients.find(({ name }) => name === `POST ${provider} token`);
    expect(token).toMatchObject({
      parentSpanId: callback?.spanId,
      status: 0,
      attributes: {
        'latchkey.provider': provider,
        'latchkey.step': 'token',
        'latchkey.outcome': 'success',
        'http.request.method': 'POST',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(sandbox.url).port),
      },
    });
    const own = new Set(servers.map(({ spanId }) => spanId));
    expect(clients.filter(({ parentSpanId }) => !own.has(parentSpanId))).toEqual([]);
  });

  it('a request to a provider carries the id of its own span', () => {
    const token = spansOf(traces.facebook).find(({ name }) => name === 'POST facebook token');
    const { traceId } = traces.facebook;
    expect(token).toBeDefined();
    expect(sandbox.requests.map(({ headers }) => headers['traceparent'])).toContain(
      `00-${traceId}-${token?.spanId}-01`,
    );
  });

  it('what failed is an error, with its code', () => {
    expect(failedWith).toBe('provider_timeout');
    const failed = spansOf(traces.failing).find(({ kind }) => kind === 3);
    expect(failed).toMatchObject({
      name: 'POST facebook token',
      status: 2,
      attributes: { 'error.type': 'provider_timeout', 'latchkey.outcome': 'provider_timeout' },
    });
    const callback = spansOf(traces.failing).find(({ name }) => name.endsWith('/callback'));
    expect(callback?.attributes).toMatchObject({ 'latchkey.outcome': 'provider_timeout' });
  });

  it('a trace that its caller does not record is not recorded here', () => {
    expect(spansOf(traces.dropped)).toEqual([]);
  });

  it('a request without a trace begins one', () => {
    const roots = collector.spans.filter(
      ({ parentSpanId, name }) => parentSpanId === '' && name === 'GET /auth/:provider/callback',
    );
    expect(roots).toHaveLength(1);
    const [root] = roots;
    expect(collector.spans).toContainEqual(
      expect.objectContaining({ name: 'POST facebook token', parentSpanId: root?.spanId }),
    );
  });

  it('no route answers by a name of the client’s', () => {
    const names = new Set(collector.spans.map(({ name }) => name));
    expect(names).toContain('GET');
    expect([...names].filter((name) => name.includes('canary'))).toEqual([]);
  });

  it('no span holds a query or a secret', () => {
    expect(secrets.size).toBeGreaterThan(30);
    const { received } = collector;
    expect([...secrets].filter((secret) => received.includes(secret))).toEqual([]);
    const urls = collector.spans.flatMap(({ attributes }) => [
      String(attributes['url.full'] ?? ''),
      String(attributes['url.path'] ?? ''),
    ]);
    expect(urls.filter((each) => each.includes('?'))).toEqual([]);
    expect(received).not.toMatch(/eyJ[\w-]{8,}\.|ya29\.|url\.query/);
  });
});

describe('a collector', () => {
  it('that never answers does not keep the service from stopping, or from answering', async () => {
    const silent = await startCollector(false);
    await startService({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${silent.url}/v1/traces` });
    expect(await signIn('facebook', {})).toBe('/account');
    // Whoever has not stopped after four seconds is killed, and has no code.
    expect(await stop(service)).toBe(0);
    expect(service.output()).toContain('The last spans may be lost.');
    await silent.close();
  }, 20_000);

  it('that is not there does not either', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    await startService({ OTEL_EXPORTER_OTLP_ENDPOINT: nobody });
    expect(await signIn('facebook', {})).toBe('/account');
    expect(await stop(service)).toBe(0);
    expect(service.output()).toContain('The last spans may be lost.');
  }, 20_000);

  it('is sent nothing where OTEL_SDK_DISABLED says so', async () => {
    const collector = await startCollector();
    await startService({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SDK_DISABLED: 'true',
    });
    const { headers } = aTrace();
    const passed = await passedOn(() => signIn('facebook', headers));
    for (const [traceparent] of passed) expect(traceparent).toBe(headers.traceparent);
    expect(await stop(service)).toBe(0);
    expect(collector.spans).toEqual([]);
    await collector.close();
  }, 20_000);
});
