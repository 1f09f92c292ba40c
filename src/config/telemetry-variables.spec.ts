import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';

const ENDPOINT = 'http://collector.test:4318';

function messageFor(environment: Environment): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('the management port', () => {
  it('is off by default, and on loopback only when it is on', () => {
    expect(loadConfig({}).management).toBeNull();
    expect(loadConfig({ MANAGEMENT_HOST: '::' }).management).toBeNull();
    expect(loadConfig({ MANAGEMENT_PORT: '9464' }).management).toEqual({
      host: '127.0.0.1',
      port: 9464,
    });
    expect(
      loadConfig({ MANAGEMENT_PORT: '9464', MANAGEMENT_HOST: '10.0.0.5' }).management,
    ).toMatchObject({ host: '10.0.0.5' });
  });

  it.each([
    [{ MANAGEMENT_PORT: '3000' }],
    [{ PORT: '8080', MANAGEMENT_PORT: '08080' }],
    [{ MANAGEMENT_PORT: 'http' }],
    [{ MANAGEMENT_PORT: '0' }],
  ])('fails the start with %j', (environment) => {
    expect(messageFor(environment)).toMatch(/^ {2}MANAGEMENT_PORT \(".*"\) needs /m);
  });
});

describe('tracing', () => {
  it.each<[Environment, boolean]>([
    [{}, false],
    [{ OTEL_SERVICE_NAME: 'id' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${ENDPOINT}/v1/traces` }, true],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, true],
    [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, false],
    [{ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, false],
    [{ OTEL_SDK_DISABLED: 'TRUE', OTEL_TRACES_EXPORTER: 'otlp' }, false],
    [{ OTEL_SDK_DISABLED: 'false', OTEL_TRACES_EXPORTER: 'otlp' }, true],
    [{ OTEL_SDK_DISABLED: 'false' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, false],
  ])('with %j: %s', (environment, on) => {
    expect(loadConfig(environment).tracing !== null).toBe(on);
  });

  it.each([
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }],
    [{ OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' }],
  ])('fails the start with %j', (environment) => {
    expect(messageFor(environment)).toMatch(/^ {2}OTEL_\w+ .*needs /m);
  });

  it.each<[Environment, Record<string, string>]>([
    [{}, {}],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b, x = Basic dXNlcg==,' },
      { 'api-key': 'a b', x: 'Basic dXNlcg==' },
    ],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b=2', OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'b=3' },
      { a: '1', b: '3' },
    ],
  ])('with %j sends the headers %j', (environment, headers) => {
    expect(loadConfig({ OTEL_TRACES_EXPORTER: 'otlp', ...environment }).tracing).toEqual({
      headers,
    });
  });

  it.each([
    'canary',
    '=canary',
    'a canary=1',
    'a=%zz-canary',
    'a=1;canary',
    'a=%0Acanary',
    'é=canary',
  ])('fails the start with the headers %j, and does not print them', (headers) => {
    const message = messageFor({ OTEL_EXPORTER_OTLP_HEADERS: headers });
    expect(message).toMatch(
      /^ {2}OTEL_EXPORTER_OTLP_HEADERS \(\d+ characters\) needs a comma list/m,
    );
    expect(message).not.toContain('canary');
  });

  it('ignores the protocol while it is off, and prints no password of an endpoint', () => {
    expect(messageFor({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toBe('');
    const message = messageFor({ OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://me:hush@collector.test' });
    expect(message).not.toContain('hush');
  });
});
