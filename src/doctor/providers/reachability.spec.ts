import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load-config.js';
import type { Reply } from '../http.js';
import { checkReachability, probeOf } from './reachability.js';

const { providers } = loadConfig({
  GOOGLE_CLIENT_ID: 'id',
  GOOGLE_CLIENT_SECRET: 'secret',
  FACEBOOK_CLIENT_ID: 'id',
  FACEBOOK_CLIENT_SECRET: 'secret',
});
const google = {
  url: 'https://accounts.google.com/.well-known/openid-configuration',
  issuer: 'https://accounts.google.com',
};
const facebook = { url: 'https://graph.facebook.com', issuer: null };
const document = {
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
};
const reply = (status: number, body: unknown, tookMs = 5): Reply => ({
  kind: 'answered',
  status,
  headers: {},
  body: JSON.stringify(body),
  sentAt: 0,
  answeredAt: tookMs,
});

describe('probeOf', () => {
  it('is the discovery document, the API host, or null', () => {
    expect(probeOf('google', providers)).toEqual(google);
    expect(probeOf('facebook', providers)).toEqual(facebook);
    expect(probeOf('twitter', providers)).toBeNull();
  });
});

describe('checkReachability', () => {
  it.each<[string, Reply, string, RegExp]>([
    ['the document', reply(200, document), 'ok', /answers \(5 ms\)/],
    ['a slow one', reply(200, document, 2500), 'warning', /2500 ms/],
    [
      'another issuer',
      reply(200, { ...document, issuer: 'https://evil.test' }),
      'broken',
      /issuer/,
    ],
    [
      'an endpoint without TLS',
      reply(200, { ...document, jwks_uri: 'http://evil.test' }),
      'broken',
      /https endpoints/,
    ],
    ['no endpoint', reply(200, { issuer: document.issuer }), 'broken', /not a discovery document/],
    ['not found', reply(404, {}), 'broken', /answers 404/],
    ['an outage', reply(503, {}), 'warning', /answers 503/],
    [
      'no answer',
      { kind: 'failed', error: { code: 'ENOTFOUND' } },
      'broken',
      /accounts\.google\.com has no address/,
    ],
  ])('Google: %s', (_what, answer, status, message) => {
    expect(checkReachability('google', google, answer)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });

  it('accepts any answer of an API host but 5xx', () => {
    expect(checkReachability('facebook', facebook, reply(400, {}))).toMatchObject({ status: 'ok' });
    expect(checkReachability('facebook', facebook, reply(502, {}))).toMatchObject({
      status: 'warning',
    });
  });
});
