import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load-config.js';
import type { Reply } from '../ask.js';
import { judgeReachability, probeUrl } from './reachability.js';

const { providers } = loadConfig({
  GOOGLE_CLIENT_ID: 'id',
  GOOGLE_CLIENT_SECRET: 'secret',
  FACEBOOK_CLIENT_ID: 'id',
  FACEBOOK_CLIENT_SECRET: 'secret',
});
const google = { id: 'google', label: 'Google', at: probeUrl('google', providers) ?? '' } as const;
const facebook = {
  id: 'facebook',
  label: 'Facebook',
  at: probeUrl('facebook', providers) ?? '',
} as const;
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

describe('probeUrl', () => {
  it('is the discovery document, the API host, or nothing', () => {
    expect([google.at, facebook.at, probeUrl('twitter', providers)]).toEqual([
      'https://accounts.google.com/.well-known/openid-configuration',
      'https://graph.facebook.com',
      null,
    ]);
  });
});

describe('judgeReachability', () => {
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
    expect(judgeReachability(google, providers, answer)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });

  it('takes any answer of an API host as a sign of life', () => {
    expect(judgeReachability(facebook, providers, reply(400, {}))).toMatchObject({ status: 'ok' });
    expect(judgeReachability(facebook, providers, reply(502, {}))).toMatchObject({
      status: 'warning',
    });
  });
});
