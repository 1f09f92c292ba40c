import { describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../common/provider-id.js';
import { loadConfig } from '../../config/load-config.js';
import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import { checkKeys, tryKeys } from './keys.js';

const check = (id: ProviderId, status: number | null, code: string | null) =>
  checkKeys({ id, redirectUri: 'https://id.test/callback', status, code });

describe('checkKeys', () => {
  it.each<[ProviderId, number | null, string | null, string, RegExp]>([
    ['google', 400, 'invalid_grant', 'ok', /accepts the keys\.$/],
    ['google', 401, 'invalid_client', 'broken', /refuses the keys \(401, invalid_client\)/],
    ['google', 400, 'redirect_uri_mismatch', 'broken', /https:\/\/id\.test\/callback/],
    ['google', 500, null, 'warning', /\(500\)/],
    ['google', null, null, 'warning', /no usable answer/],
    ['twitter', 200, null, 'ok', /and the redirect URI/],
    ['twitter', 401, '32', 'broken', /refuses the keys/],
    ['twitter', 401, null, 'broken', /refuses the keys \(401\)/],
    ['twitter', 401, '135', 'broken', /time/],
    ['twitter', 403, '415', 'broken', /does not know the redirect URI/],
    ['twitter', 403, '453', 'warning', /\(403, 453\)/],
    ['twitter', 429, '88', 'warning', /429/],
    ['facebook', 400, '100', 'ok', /accepts/],
    ['facebook', 400, '101', 'broken', /refuses/],
    ['facebook', 400, '1', 'broken', /refuses/],
    ['facebook', 400, '191', 'broken', /redirect URI/],
    ['facebook', 403, '4', 'warning', /4/],
    ['facebook', 401, null, 'warning', /401/],
  ])('%s %s %s: %s', (id, status, code, expected, message) => {
    expect(check(id, status, code)).toMatchObject({
      status: expected,
      message: expect.stringMatching(message),
    });
  });
});

describe('tryKeys', () => {
  const config = loadConfig({ GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' });

  it('sends no keys to the token endpoint of another issuer', async () => {
    const requested: string[] = [];
    const http = {
      json: async ({ url }: { url: string }) => {
        requested.push(url);
        return { issuer: 'https://evil.test', token_endpoint: 'https://evil.test/token' };
      },
    } as unknown as ProviderHttp;
    expect(await tryKeys('google', config, http)).toMatchObject({ status: null, code: null });
    expect(requested).toEqual(['https://accounts.google.com/.well-known/openid-configuration']);
  });
});
