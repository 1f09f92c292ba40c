import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { configurationFindings, configurationWarnings, readUsable } from './configuration.js';

it('names each invalid variable, and what it needs', () => {
  expect(configurationFindings([{ variable: 'PORT', needs: 'needs a number' }])).toEqual([
    {
      check: 'configuration',
      status: 'broken',
      message: 'PORT needs a number.',
      action: expect.stringContaining('Correct PORT'),
    },
  ]);
  expect(configurationFindings([])).toEqual([expect.objectContaining({ status: 'ok' })]);
});

it('does not warn of a default that replaces an invalid value', async () => {
  const config = loadConfig({
    NODE_ENV: 'production',
    SESSION_SECRET: 'x'.repeat(40),
  });
  const found = (unusable: string[]) =>
    configurationWarnings.run({ config, unusable: new Set(unusable), now: new Date() });
  expect(await found([])).toEqual([
    expect.objectContaining({ message: expect.stringContaining('PUBLIC_URL is http://localhost') }),
  ]);
  expect(await found(['PUBLIC_URL'])).toEqual([]);
});

it('separates what was found from what to do', async () => {
  const config = loadConfig({
    TWITTER_CLIENT_ID: 'id',
    TWITTER_CLIENT_SECRET: 'secret',
    SANDBOX: 'on',
  });
  const found = await configurationWarnings.run({ config, unusable: new Set(), now: new Date() });
  expect(found).toEqual([
    {
      status: 'warning',
      message: expect.stringContaining('anybody can sign in as anybody.'),
      action: expect.stringContaining('SANDBOX=off'),
    },
    {
      status: 'warning',
      message: 'X refuses callbacks on localhost.',
      action: 'Set PUBLIC_URL to http://127.0.0.1:PORT and open the service there.',
    },
  ]);
});

const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' };
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
