import { describe, expect, it } from '@jest/globals';
import { readUsable } from './usable-config.js';

const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' };
const facebook = { FACEBOOK_CLIENT_ID: 'id', FACEBOOK_CLIENT_SECRET: 'secret' };

describe('readUsable', () => {
  it('reads a configuration that is right as it is', () => {
    const { config, problems, unusable } = readUsable({ ...google, PORT: '3100' });
    expect(config).toMatchObject({
      listen: { port: 3100 },
      providers: { google: { clientId: 'id' } },
    });
    expect(problems).toEqual([]);
    expect(unusable.size).toBe(0);
  });

  it('tells everything that is wrong, and keeps the rest', () => {
    const { config, problems, unusable } = readUsable({
      ...google,
      NODE_ENV: 'production',
      PORT: 'eighty',
      PUBLIC_URL: 'https://id.example.com',
    });
    expect(problems.map(({ variable }) => variable)).toEqual(['PORT', 'SESSION_SECRET']);
    expect([...unusable]).toEqual(['PORT', 'SESSION_SECRET']);
    expect(config).toMatchObject({
      production: true,
      publicUrl: { href: 'https://id.example.com' },
      providers: { google: { clientId: 'id' } },
    });
  });

  it.each([
    ['FACEBOOK_GRAPH_URL', 'http://graph.test'],
    ['FACEBOOK_CLIENT_SECRET', ''],
  ])('sends no key of a provider elsewhere when its %s is wrong', (variable, value) => {
    const { config } = readUsable({ ...google, ...facebook, [variable]: value });
    expect(config?.providers.facebook).toBeNull();
    expect(config?.providers.google).not.toBeNull();
  });

  it('does not let the sandbox step in for a provider that is wrong', () => {
    const { config } = readUsable({ GOOGLE_CLIENT_ID: 'id' });
    expect(config?.sandbox).toBeNull();
    expect(config?.providers.google).toBeNull();
  });
});
