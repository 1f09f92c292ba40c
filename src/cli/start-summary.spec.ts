import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { startSummary } from './start-summary.js';

const SESSION_SECRET = 'canary-session-secret-of-32-characters';

const deployed = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://id.example.com/sso',
  SESSION_SECRET,
  TRUST_PROXY: '1',
  DATABASE_URL:
    'postgres://latchkey:canary-password@db.example.com:5433/people?sslmode=verify-full',
  GOOGLE_CLIENT_ID: 'id',
  GOOGLE_CLIENT_SECRET: 'canary-client-secret',
};

describe('startSummary', () => {
  it('tells where the service is, what it runs with, and what to register', () => {
    expect(startSummary(loadConfig(deployed))).toEqual([
      {
        level: 'log',
        text: 'Latchkey is ready: https://id.example.com/sso/',
        fields: {
          event: 'service_ready',
          database: 'postgres db.example.com:5433/people',
          trustProxy: '1',
          sandbox: false,
        },
      },
      { level: 'log', text: 'Providers: google' },
      {
        level: 'log',
        text: 'Redirect URI to register with google: https://id.example.com/sso/auth/google/callback',
        fields: { event: 'redirect_uri', provider: 'google' },
      },
    ]);
  });

  it('holds no secret', () => {
    expect(JSON.stringify(startSummary(loadConfig(deployed)))).not.toContain('canary');
  });

  it('names the socket of a database on this machine', () => {
    const DATABASE_URL = 'postgres:///people?host=/run/postgresql&password=canary-password';
    expect(startSummary(loadConfig({ ...deployed, DATABASE_URL }))[0]?.fields).toMatchObject({
      database: 'postgres socket:/run/postgresql/people',
    });
  });

  it('names another address where there are no pages, and what to do without providers', () => {
    const lines = startSummary(loadConfig({ SESSION_SECRET, PAGES: 'off', SANDBOX: 'off' }));
    expect(lines.slice(0, 2).map(({ text }) => text)).toEqual([
      'Latchkey is ready: http://localhost:3000/auth/providers',
      'Providers: none (set the keys of one, see .env.example)',
    ]);
    expect(lines[0]?.fields).toEqual({
      event: 'service_ready',
      database: 'file ./data/latchkey.db',
      trustProxy: 'false',
      sandbox: false,
    });
    expect(lines.slice(2)).toEqual([
      { level: 'warn', text: expect.stringContaining('PAGES is off') },
    ]);
  });

  it('has nothing to register where the sandbox simulates a provider', () => {
    const texts = startSummary(loadConfig({ SESSION_SECRET })).map(({ text }) => text);
    expect(texts).toEqual([
      'Latchkey is ready: http://localhost:3000/',
      'Providers: google, twitter, facebook',
      expect.stringContaining('anybody can sign in as anybody'),
    ]);
  });

  it('says where it keeps the secret that nobody has set', () => {
    const lines = startSummary(loadConfig({ DATABASE_URL: 'file:/srv/latchkey.db' }));
    expect(lines[2]).toEqual({
      level: 'log',
      text: 'SESSION_SECRET is not set: a random one is kept in /srv/session_secret',
    });
  });
});
