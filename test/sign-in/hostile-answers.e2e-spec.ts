import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import type { SandboxStep } from '../../src/sandbox/sandbox.js';
import { Browser } from '../support/browser.js';
import { expectErrorRedirect } from '../support/failed-sign-in.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey({ PROVIDER_TIMEOUT_MS: '10000' });
});

afterAll(() => latchkey.close());

async function signInWhile(provider: ProviderId, step: SandboxStep, fault: 'huge' | 'gzip_bomb') {
  const visitor = new Browser(latchkey);
  const callback = await visitor.consent(await visitor.start(provider), { person: 'ada' });
  latchkey.sandbox.failNext(provider, step, fault);
  return visitor.callback(callback);
}

describe('a response over one megabyte', () => {
  it.each<[ProviderId, SandboxStep]>([
    ['google', 'discovery'],
    ['twitter', 'request_token'],
  ])('fails a start: %s’s %s', async (provider, step) => {
    latchkey.sandbox.failNext(provider, step, 'huge');
    const response = await new Browser(latchkey).get(`/auth/${provider}`);
    expectErrorRedirect(response, provider, 'provider_error');
  });

  it.each<[ProviderId, SandboxStep]>([
    ['google', 'jwks'],
    ['google', 'token'],
    ['twitter', 'token'],
    ['twitter', 'profile'],
    ['facebook', 'token'],
    ['facebook', 'profile'],
  ])('fails a sign-in: %s’s %s', async (provider, step) => {
    const response = await signInWhile(provider, step, 'huge');
    expectErrorRedirect(response, provider, 'provider_error');
  });
});

// The sandbox packs its bomb in this process, which takes a while: the deadline must not be what ends it.
describe('a response that decompresses to megabytes', () => {
  it.each<[ProviderId, SandboxStep]>([
    ['google', 'token'],
    ['twitter', 'token'],
    ['facebook', 'profile'],
  ])('fails a sign-in: %s’s %s', async (provider, step) => {
    const response = await signInWhile(provider, step, 'gzip_bomb');
    expectErrorRedirect(response, provider, 'provider_error');
  });
});

describe('afterwards, the service', () => {
  it('is still ready', async () => {
    expect((await new Browser(latchkey).api('/health/ready')).status).toBe(200);
  });
});
