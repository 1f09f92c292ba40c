import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { checkRuntime, configurationFindings, configurationWarnings } from './configuration.js';

const { publicUrl: https } = loadConfig({
  PUBLIC_URL: 'https://id.example.com',
  SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M',
});
const { publicUrl: http } = loadConfig({});

describe('checkRuntime', () => {
  it.each([
    ['a user of its own in production', true, https, 1000, []],
    ['root in production', true, https, 0, [/root/]],
    ['root in development', false, http, 0, []],
    ['a system without user ids', true, https, null, []],
    ['https in development', false, https, 1000, [/NODE_ENV is not production/]],
  ])('%s', (_what, production, publicUrl, uid, expected) => {
    const results = checkRuntime({ production, publicUrl }, uid);
    expect(results).toEqual(
      expected.map((message) =>
        expect.objectContaining({ status: 'warning', message: expect.stringMatching(message) }),
      ),
    );
  });
});

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
    PUBLIC_URL: 'http://localhost:3000',
    SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M',
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
