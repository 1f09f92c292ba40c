import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { exactOriginOf, findTarget, isTargetOrigin, placeOf } from './handover-targets.js';
import { loadConfig } from './load-config.js';

function targetsOf(value: string) {
  return loadConfig({ HANDOVER_TARGETS: value }).handoverTargets;
}

function faultsOf(value: string): string[] {
  try {
    targetsOf(value);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, needs }) => `${variable} ${needs}`);
  }
}

const ALL =
  'https://app.other.example/cb, https://pr-*.preview.example.dev/cb,com.example.app:/callback, http://127.0.0.1:*/cb, http://[::1]:*/cb, http://localhost:8080/cb, https://app.*.tenants.example.dev:8443/';

describe('HANDOVER_TARGETS', () => {
  it('is empty by default', () => {
    expect(loadConfig({}).handoverTargets).toEqual([]);
  });

  it('has targets of each kind', () => {
    expect(targetsOf(ALL).map(({ kind, origin }) => [kind, origin])).toEqual([
      ['https', 'https://app.other.example'],
      ['https', 'https://pr-*.preview.example.dev'],
      ['scheme', null],
      ['loopback', null],
      ['loopback', null],
      ['loopback', null],
      ['https', 'https://app.*.tenants.example.dev:8443'],
    ]);
  });

  it.each([
    'https://app.other.example/cb',
    'https://pr-7.preview.example.dev/cb',
    'https://pr-a-b-0.preview.example.dev/cb',
    'com.example.app:/callback',
    'http://127.0.0.1:51234/cb',
    'http://[::1]:65535/cb',
    'http://localhost:8080/cb',
    'https://app.acme.tenants.example.dev:8443/',
  ])('covers %s', (address) => {
    expect(findTarget(targetsOf(ALL), address)).not.toBeNull();
  });

  it.each([
    'https://app.other.example/cb/',
    'https://app.other.example/CB',
    'https://app.other.example/cb?x=1',
    'https://app.other.example/cb#x',
    'https://app.other.example:443/cb',
    'http://app.other.example/cb',
    'https://APP.other.example/cb',
    'https://app.other.example/../cb',
    'https://user@app.other.example/cb',
    'https://app.other.example.evil.test/cb',
    'https://pr-.preview.example.dev/cb',
    'https://pr-7.evil.preview.example.dev/cb',
    'https://pr-7_x.preview.example.dev/cb',
    'https://pr-A.preview.example.dev/cb',
    'https://pr-x/.preview.example.dev/cb',
    'https://pr-x@evil.test#.preview.example.dev/cb',
    'https://pr-x%2eevil.preview.example.dev/cb',
    'https://pr-ü.preview.example.dev/cb',
    'https://pr-*.preview.example.dev/cb',
    'https://pr-xn--.preview.example.dev/c',
    'com.example.app:/callback/x',
    'com.example.app://callback',
    'com.example.app2:/callback',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:80/cb',
    'http://127.0.0.1:080/cb',
    'http://127.0.0.1:*/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1/cb',
    'http://127.0.0.1:1@evil.test:1/cb',
    'http://127.0.0.2:51234/cb',
    'http://localhost:51234/cb',
    'https://app.a.b.tenants.example.dev:8443/',
    `https://pr-${'x'.repeat(600)}.preview.example.dev/cb`,
    ' https://app.other.example/cb',
    '',
  ])('does not cover %s', (address) => {
    expect(findTarget(targetsOf(ALL), address)).toBeNull();
  });

  it.each([
    // Public suffixes, also private ones: `app` under them is anybody's.
    ['https://app.*.amazonaws.com/cb', 'https://app.s3.amazonaws.com/cb'],
    ['https://app.*.amazonaws.com/cb', 'https://app.eu-west-1.amazonaws.com/cb'],
    ['https://app.s3.*.amazonaws.com/cb', 'https://app.s3.us-east-1.amazonaws.com/cb'],
    ['https://app.*.azure.com/cb', 'https://app.x.azure.com/cb'],
    ['https://*.amazonaws.com/cb', 'https://s3.amazonaws.com/cb'],
    ['https://app.*.example.com/cb', 'https://app.pr-7.example.com/cb'],
  ])('%s covers %s only where nobody else has that name', (pattern, address) => {
    const targets = targetsOf(pattern);
    const isOthers = /s3/.test(address);
    expect(findTarget(targets, address) === null).toBe(isOthers);
    expect(isTargetOrigin(targets, new URL(address).origin)).toBe(!isOthers);
  });

  it.each([[undefined], [null], [['https://app.other.example/cb']], [{}]])(
    'does not cover %j',
    (value) => {
      expect(findTarget(targetsOf(ALL), value)).toBeNull();
    },
  );

  it.each([
    ['https://*.vercel.app/cb', 'under vercel.app'],
    ['https://myapp-*.vercel.app/cb', 'under vercel.app'],
    ['https://*-myapp.vercel.app/cb', 'under vercel.app'],
    ['https://app.*.fly.dev/cb', 'under fly.dev'],
    ['https://*.co.uk/cb', 'under co.uk'],
    ['https://*.com/cb', 'under com'],
    ['https://*.up.railway.app/cb', 'under up.railway.app'],
    ['https://*.kawasaki.jp/cb', 'under kawasaki.jp'],
    ['https://*.internal/cb', 'under internal'],
    ['https://*/cb', 'wrong place'],
    ['https://*.*.example.com/cb', 'wrong place'],
    ['https://app.example.com/*', 'wrong place'],
    ['https://app.example.com:*/cb', 'comma-separated'],
    ['https://*@example.com/cb', 'comma-separated'],
    ['http://*.localhost:3000/cb', 'wrong place'],
    ['http://127.0.0.*:3000/cb', 'wrong place'],
    ['com.example.*:/cb', 'wrong place'],
    ['*', 'wrong place'],
    ['http://app.example.com/cb', 'others on the way'],
    ['http://app.example.com:*/cb', 'others on the way'],
    ['http://127.0.0.1.evil.test:*/cb', 'others on the way'],
    ['myapp:/cb', 'with a dot'],
    ['myapp://cb', 'with a dot'],
    ['javascript:alert(1)', 'with a dot'],
    ['data:x', 'with a dot'],
    ['com.example.app:/cb?x=1', 'comma-separated'],
    ['com.example.app:/cb#x', 'comma-separated'],
    ['com.example.app', 'comma-separated'],
    ['/cb', 'comma-separated'],
    ['https://app.example.com/cb?x=1', 'comma-separated'],
    ['https://app.example.com/cb#x', 'comma-separated'],
    ['https://user:word@app.example.com/cb', 'comma-separated'],
    ['https://app.example.com', 'write as https://app.example.com/:'],
    ['https://APP.example.com/cb', 'write as https://app.example.com/cb:'],
    ['https://app.example.com:443/cb', 'write as https://app.example.com/cb:'],
    ['https://*.Example.com/cb', 'write as https://*.example.com/cb:'],
    ['http://127.1:*/cb', 'write as http://127.0.0.1:*/cb:'],
    [`https://app.example.com/${'x'.repeat(600)}`, 'longer than'],
  ])('refuses %s', (value, words) => {
    const [fault, ...others] = faultsOf(`https://app.other.example/cb, ${value}`);
    expect(fault).toMatch(/^HANDOVER_TARGETS has /);
    expect(fault).toContain(words);
    expect(others).toEqual([]);
  });

  it('repeats no password', () => {
    expect(faultsOf('https://ada:canary@app.example.com/cb').join('')).not.toContain('canary');
  });

  it('tells every fault at once', () => {
    expect(faultsOf('https://*.vercel.app/cb, myapp://cb, https://ok.example.com/cb')).toHaveLength(
      2,
    );
  });

  it('knows whose pages ask', () => {
    const targets = targetsOf(ALL);
    const asking = (origin: string | undefined) => isTargetOrigin(targets, origin);
    expect(asking('https://app.other.example')).toBe(true);
    expect(asking('https://pr-9.preview.example.dev')).toBe(true);
    for (const origin of [
      undefined,
      'null',
      'https://other.example',
      'https://pr-*.preview.example.dev.evil.test',
      'http://127.0.0.1:51234',
      'com.example.app:',
      'https://app.other.example:8443',
    ]) {
      expect([origin, asking(origin)]).toEqual([origin, false]);
    }
  });

  it('has an exact origin only where it names one host', () => {
    expect(targetsOf(ALL).map(exactOriginOf)).toEqual([
      'https://app.other.example',
      ...Array.from({ length: 6 }, () => null),
    ]);
  });

  it.each([
    ['https://app.other.example/cb', 'app.other.example'],
    ['http://127.0.0.1:51234/cb', '127.0.0.1:51234'],
    ['com.example.app:/callback', 'com.example.app'],
  ])('calls %s %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });
});
