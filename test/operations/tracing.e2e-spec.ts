import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { Browser } from '../support/browser.js';
import { type Collector, type ReceivedSpan, startCollector } from '../support/collector.js';
import { type ServiceProcess, stop } from '../support/service-process.js';
import { aTrace, STATE, TracedService } from '../support/traced-service.js';

const traced = new TracedService().prepare();
let service: ServiceProcess;

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
    service = await traced.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      // Nothing leaves before the service stops.
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    });
    for (const provider of providerIds) {
      passed.set(
        provider,
        await traced.passedOn(() => traced.signIn(provider, traces[provider].headers)),
      );
    }
    failedWith = await traced.signIn('facebook', traces.failing.headers, {
      fault: 'token_timeout',
    });
    await traced.signIn('facebook', traces.dropped.headers);
    await traced.signIn('facebook', {});
    await new Browser(traced).get('/canary-path/x?code=canary-query', aTrace().headers);
    traced.secrets.add('canary-query');
    beforeStop = collector.spans.length;
    exitCode = await stop(service);
  }, 30_000);

  afterAll(() => collector.close());

  it('the last spans are exported at shutdown', () => {
    expect([beforeStop, exitCode]).toEqual([0, 0]);
    expect(collector.spans.length).toBeGreaterThan(10);
  });

  it.each(providerIds)('%s gets the trace with our span as parent', (provider) => {
    const { traceId, headers } = traces[provider];
    expect(passed.get(provider)?.length).toBeGreaterThan(0);
    for (const [traceparent, tracestate] of passed.get(provider) ?? []) {
      expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
      expect(traceparent).not.toBe(headers.traceparent);
      expect(tracestate).toBe(STATE);
    }
  });

  it.each(providerIds)('a sign-in with %s creates spans in the caller’s trace', (provider) => {
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
        'server.port': Number(new URL(traced.sandbox.url).port),
      },
    });
    const own = new Set(servers.map(({ spanId }) => spanId));
    expect(clients.filter(({ parentSpanId }) => !own.has(parentSpanId))).toEqual([]);
  });

  it('a request to a provider carries the id of its own span', () => {
    const token = spansOf(traces.facebook).find(({ name }) => name === 'POST facebook token');
    const { traceId } = traces.facebook;
    expect(token).toBeDefined();
    expect(traced.sandbox.requests.map(({ headers }) => headers['traceparent'])).toContain(
      `00-${traceId}-${token?.spanId}-01`,
    );
  });

  it('a failure is an error with its code', () => {
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

  it('a trace that is not sampled by the caller is not sampled here', () => {
    expect(spansOf(traces.dropped)).toEqual([]);
  });

  it('a request without a trace starts one', () => {
    const roots = collector.spans.filter(
      ({ parentSpanId, name }) => parentSpanId === '' && name === 'GET /auth/:provider/callback',
    );
    expect(roots).toHaveLength(1);
    const [root] = roots;
    expect(collector.spans).toContainEqual(
      expect.objectContaining({ name: 'POST facebook token', parentSpanId: root?.spanId }),
    );
  });

  it('no route has a name chosen by the client', () => {
    const names = new Set(collector.spans.map(({ name }) => name));
    expect(names).toContain('GET');
    expect([...names].filter((name) => name.includes('canary'))).toEqual([]);
  });

  it('no span contains a query or a secret', () => {
    expect(traced.secrets.size).toBeGreaterThan(30);
    const { received } = collector;
    expect([...traced.secrets].filter((secret) => received.includes(secret))).toEqual([]);
    const urls = collector.spans.flatMap(({ attributes }) => [
      String(attributes['url.full'] ?? ''),
      String(attributes['url.path'] ?? ''),
    ]);
    expect(urls.filter((each) => each.includes('?'))).toEqual([]);
    expect(received).not.toMatch(/eyJ[\w-]{8,}\.|ya29\.|url\.query/);
  });
});
