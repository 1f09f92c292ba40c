import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { type ServiceProcess, stop } from '../support/service-process.js';
import { aTrace, STATE, TracedService } from '../support/traced-service.js';

const traced = new TracedService().prepare();
let service: ServiceProcess;

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
  beforeAll(async () => {
    service = await traced.start({ OTEL_SERVICE_NAME: 'unused' });
  }, 15_000);

  afterAll(() => stop(service));

  it.each(providerIds)('an incoming trace is propagated unchanged to %s', async (provider) => {
    const { headers } = aTrace();
    const passed = await traced.passedOn(() =>
      traced.signIn(provider, { ...headers, baggage: 'user=ada' }),
    );
    expect(passed.length).toBeGreaterThanOrEqual(provider === 'twitter' ? 3 : 1);
    for (const each of passed) expect(each).toEqual([headers.traceparent, STATE, undefined]);
  });

  it('its id is on every log line of its requests, and on no other', async () => {
    const { traceId, headers } = aTrace();
    await Promise.all([traced.signIn('twitter', headers), traced.signIn('twitter', {})]);
    const told = await linesOf(traceId, 2);
    const ids = new Set(told.map(({ requestId }) => requestId));
    expect(ids.size).toBe(2);
    expect(lines().filter(({ requestId }) => ids.has(requestId))).toEqual(told);
    const events = told.flatMap(({ event }) => event ?? []);
    expect(events).toEqual(expect.arrayContaining(['provider_request', 'sign_in']));
    expect(events.filter((event) => event === 'provider_request')).toHaveLength(3);
  });

  it('nothing is propagated without an incoming trace', async () => {
    const passed = await traced.passedOn(() => traced.signIn('facebook', {}));
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
  ])('%s is neither propagated nor logged', async (_name, headers) => {
    const before = lines().length;
    const passed = await traced.passedOn(() => traced.signIn('facebook', headers));
    expect(passed.length).toBeGreaterThan(0);
    for (const each of passed) expect(each).toEqual([undefined, undefined, undefined]);
    expect(
      lines()
        .slice(before)
        .filter((line) => 'trace_id' in line),
    ).toEqual([]);
  });
});
