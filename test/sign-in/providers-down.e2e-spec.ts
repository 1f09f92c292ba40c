import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import { Browser } from '../support/browser.js';
import { expectErrorRedirect } from '../support/failed-sign-in.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

describe('with every provider down, the service', () => {
  let latchkey: Latchkey;
  let browser: Browser;

  beforeAll(async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    latchkey = await startLatchkey({
      GOOGLE_ISSUER: nobody,
      TWITTER_API_URL: nobody,
      FACEBOOK_DIALOG_URL: nobody,
      FACEBOOK_GRAPH_URL: nobody,
    });
    browser = new Browser(latchkey);
  });

  afterAll(() => latchkey.close());

  it.each(['/health/live', '/health/ready'])('starts and answers %s', async (path) => {
    const { status, body } = await browser.api(path);
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  it('lists its providers and serves its page', async () => {
    expect((await browser.api('/auth/providers')).body).toHaveLength(3);
    expect((await browser.get('/')).status).toBe(200);
  });

  it.each(['google', 'twitter'] as const)('reports that %s cannot be reached', async (provider) => {
    expectErrorRedirect(await browser.get(`/auth/${provider}`), provider, 'provider_error');
  });

  it('reports that Facebook cannot be reached at the token request', async () => {
    const state = new URL(await browser.start('facebook')).searchParams.get('state') ?? '';
    const response = await browser.get(`/auth/facebook/callback?code=x&state=${state}`);
    expectErrorRedirect(response, 'facebook', 'provider_error');
  });

  it.each(providerIds)('still works after %s has failed', async (provider) => {
    await browser.get(`/auth/${provider}`);
    expect((await browser.api('/health/ready')).status).toBe(200);
  });
});
