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

const listens = { address: '127.0.0.1', family: 'IPv4', port: 3000 };
const everywhere = { address: '::', family: 'IPv6', port: 3000 };

const textsWith = (more: Record<string, string>) =>
  startSummary(loadConfig({ ...deployed, ...more }), listens).map(({ text }) => text);

describe('startSummary', () => {
  it('tells where the service is, what it runs with, and what to register', () => {
    expect(startSummary(loadConfig(deployed), everywhere)).toEqual([
      {
        level: 'log',
        text: 'Latchkey is ready: https://id.example.com/sso/ (it listens on [::]:3000)',
        fields: {
          event: 'service_ready',
          listens: '[::]:3000',
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
    expect(JSON.stringify(startSummary(loadConfig(deployed), listens))).not.toContain('canary');
  });

  it('names the socket of a database on this machine', () => {
    const DATABASE_URL = 'postgres:///people?host=/run/postgresql&password=canary-password';
    expect(
      startSummary(loadConfig({ ...deployed, DATABASE_URL }), listens)[0]?.fields,
    ).toMatchObject({
      database: 'postgres socket:/run/postgresql/people',
    });
  });

  it('says what the pages have made of a colour that could not be seen everywhere', () => {
    expect(textsWith({ APP_ACCENT: '#6b3df5' })).toContain(
      'APP_ACCENT is #6b3df5. So that it can be seen, the pages use links #978dfc on dark pages',
    );
    expect(textsWith({ APP_ACCENT: '#000' }).join()).toContain('APP_ACCENT is #000000');
    expect(textsWith({}).join()).not.toContain('APP_ACCENT');
  });

  it('names another address where there are no pages, and what to do without providers', () => {
    const lines = startSummary(
      loadConfig({ SESSION_SECRET, PAGES: 'off', SANDBOX: 'off' }),
      listens,
    );
    expect(lines.slice(0, 2).map(({ text }) => text)).toEqual([
      'Latchkey is ready: http://localhost:3000/auth/providers (it listens on 127.0.0.1:3000)',
      'Providers: none (set the keys of one, see .env.example)',
    ]);
    expect(lines[0]?.fields).toEqual({
      event: 'service_ready',
      listens: '127.0.0.1:3000',
      database: 'file ./data/latchkey.db',
      trustProxy: 'false',
      sandbox: false,
    });
    expect(lines.slice(2)).toEqual([
      { level: 'warn', text: expect.stringContaining('PAGES is off') },
    ]);
  });

  it('has nothing to register where the sandbox simulates a provider', () => {
    const texts = startSummary(loadConfig({ SESSION_SECRET }), listens).map(({ text }) => text);
    expect(texts).toEqual([
      'Latchkey is ready: http://localhost:3000/ (it listens on 127.0.0.1:3000)',
      'Providers: google, twitter, facebook',
      expect.stringContaining('anybody can sign in as anybody'),
    ]);
  });

  it('says where it keeps the secret that nobody has set', () => {
    const lines = startSummary(loadConfig({ DATABASE_URL: 'file:/srv/latchkey.db' }), listens);
    expect(lines[2]).toEqual({
      level: 'log',
      text: 'SESSION_SECRET is not set: a random one is kept in /srv/session_secret',
    });
  });
});
