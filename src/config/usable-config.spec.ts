import { describe, expect, it } from '@jest/globals';
import { readUsable } from './usable-config.js';

const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'google-secret' };
const facebook = { FACEBOOK_CLIENT_ID: 'id', FACEBOOK_CLIENT_SECRET: 'secret' };

describe('readUsable', () => {
  it('loads a valid configuration as it is', () => {
    const { config, problems, unusable } = readUsable({ ...google, PORT: '3100' });
    expect(config).toMatchObject({
      listen: { port: 3100 },
      providers: { google: { clientId: 'id' } },
    });
    expect(problems).toEqual([]);
    expect(unusable.size).toBe(0);
  });

  it('reports every problem, and keeps the rest', () => {
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
  ])('leaves out a provider with an invalid %s', (variable, value) => {
    const { config } = readUsable({ ...google, ...facebook, [variable]: value });
    expect(config.providers.facebook).toBeNull();
    expect(config.providers.google).not.toBeNull();
  });

  it('has a stand-in for what production cannot do without', () => {
    const { config, problems } = readUsable({ NODE_ENV: 'production', SANDBOX: 'on' });
    expect(problems.map(({ variable }) => variable).toSorted()).toEqual([
      'PUBLIC_URL',
      'SANDBOX',
      'SESSION_SECRET',
    ]);
    expect(config).toMatchObject({ production: true, sandbox: null });
  });

  it('does not replace an invalid provider by the sandbox', () => {
    const { config } = readUsable({ GOOGLE_CLIENT_ID: 'id' });
    expect(config.sandbox).toBeNull();
    expect(config.providers.google).toBeNull();
  });

  it('reports a problem once, and none that follows from what was left out', () => {
    // Both rules for a port refuse it with one sentence.
    const { problems } = readUsable({ PORT: '0.5', MANAGEMENT_PORT: '3000' });
    expect(problems.map(({ variable }) => variable)).toEqual(['PORT']);
  });
});
