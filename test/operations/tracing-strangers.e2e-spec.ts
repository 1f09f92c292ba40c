import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { type Collector, startCollector } from '../support/collector.js';
import { type ServiceProcess, stop } from '../support/service-process.js';
import { aTrace, TracedService } from '../support/traced-service.js';

const traced = new TracedService().prepare();

describe.each([
  ['without TRUST_PROXY', ''],
  ['with another proxy in TRUST_PROXY', '192.0.2.0/24'],
])('a trace that a stranger names, %s', (_name, TRUST_PROXY) => {
  const [recorded, dropped] = [aTrace(), aTrace('00')];
  let collector: Collector;
  let service: ServiceProcess;
  let passed: (string | undefined)[][];

  beforeAll(async () => {
    collector = await startCollector();
    service = await traced.start({ TRUST_PROXY, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    passed = await traced.passedOn(async () => {
      await traced.signIn('facebook', recorded.headers);
      await traced.signIn('facebook', dropped.headers);
    });
    await new Browser(traced).get('/', { traceparent: 'not a trace' });
    await stop(service);
  }, 30_000);

  afterAll(() => collector.close());

  const linkedTo = ({ traceId }: { traceId: string }) =>
    collector.spans.filter(({ links }) => links.some((link) => link.traceId === traceId));

  it.each([
    ['recorded', recorded],
    ['not recorded', dropped],
  ])('is linked from one of our own, also where it was %s', (_flag, { traceId, parentId }) => {
    const spans = linkedTo({ traceId });
    expect(spans.map(({ name }) => name).toSorted()).toEqual([
      'GET /auth/:provider',
      'GET /auth/:provider/callback',
    ]);
    for (const span of spans) {
      expect(span).toMatchObject({
        parentSpanId: '',
        links: [{ traceId, spanId: parentId, traceState: '' }],
      });
      expect(span.traceId).not.toBe(traceId);
    }
  });

  it('is not continued anywhere', () => {
    const strangers = [recorded.traceId, dropped.traceId];
    const own = new Set([recorded, dropped].flatMap(linkedTo).map(({ traceId }) => traceId));
    expect(collector.spans.filter(({ traceId }) => strangers.includes(traceId))).toEqual([]);
    expect(passed.length).toBeGreaterThan(1);
    for (const [traceparent = '', tracestate] of passed) {
      expect(own).toContain(traceparent.split('-')[1]);
      expect([traceparent.slice(-2), tracestate]).toEqual(['01', undefined]);
    }
    for (const stranger of strangers) expect(service.output()).not.toContain(stranger);
  });

  it('is not linked when it is malformed', () => {
    const linkless = collector.spans.filter(({ name }) => name === 'GET /');
    expect(linkless.map(({ links }) => links)).toEqual([[]]);
  });
});

describe('while OpenTelemetry is off', () => {
  it('a trace that a stranger names is neither propagated nor logged', async () => {
    const service = await traced.start({ TRUST_PROXY: '' });
    const { traceId, headers } = aTrace();
    const passed = await traced.passedOn(() => traced.signIn('facebook', headers));
    await stop(service);
    expect(passed.length).toBeGreaterThan(0);
    for (const each of passed) expect(each).toEqual([undefined, undefined, undefined]);
    expect(service.output()).toContain('"event":"sign_in"');
    expect(service.output()).not.toContain(traceId);
  }, 20_000);
});
