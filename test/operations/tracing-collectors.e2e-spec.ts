import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startCollector } from '../support/collector.js';
import { freePort } from '../support/free-port.mjs';
import { type ServiceProcess, stop } from '../support/service-process.js';
import { aTrace, TracedService } from '../support/traced-service.js';

const traced = new TracedService().prepare();
let service: ServiceProcess;

describe('a collector', () => {
  it('that never answers does not delay shutdown or responses', async () => {
    const silent = await startCollector(false);
    service = await traced.start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${silent.url}/v1/traces` });
    expect(await traced.signIn('facebook', {})).toBe('/account');
    // Whoever has not stopped after four seconds is killed, and has no code.
    expect(await stop(service)).toBe(0);
    expect(service.output()).toContain('The last spans may be lost.');
    await silent.close();
  }, 20_000);

  it('that is unreachable does not either', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    service = await traced.start({ OTEL_EXPORTER_OTLP_ENDPOINT: nobody });
    expect(await traced.signIn('facebook', {})).toBe('/account');
    expect(await stop(service)).toBe(0);
    expect(service.output()).toContain('The last spans may be lost.');
  }, 20_000);

  it('gets its headers, also from a file, and nobody else does', async () => {
    const collector = await startCollector();
    const file = join(mkdtempSync(join(tmpdir(), 'latchkey-otlp-')), 'headers');
    writeFileSync(file, 'api-key=canary%2Dkey, tenant=all\n');
    service = await traced.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS_FILE: file,
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'tenant=ours',
    });
    expect(await traced.signIn('google', {})).toBe('/account');
    expect(await stop(service)).toBe(0);
    expect(collector.headers.length).toBeGreaterThan(0);
    for (const headers of collector.headers) {
      expect(headers).toMatchObject({ 'api-key': 'canary-key', tenant: 'ours' });
    }
    expect(service.output()).not.toContain('canary');
    rmSync(dirname(file), { recursive: true });
    await collector.close();
  }, 20_000);

  it('gets nothing when OTEL_SDK_DISABLED is set', async () => {
    const collector = await startCollector();
    service = await traced.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SDK_DISABLED: 'true',
    });
    const { headers } = aTrace();
    const passed = await traced.passedOn(() => traced.signIn('facebook', headers));
    for (const [traceparent] of passed) expect(traceparent).toBe(headers.traceparent);
    expect(await stop(service)).toBe(0);
    expect(collector.spans).toEqual([]);
    await collector.close();
  }, 20_000);
});
