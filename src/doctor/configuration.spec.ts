import { expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { configurationFindings, configurationWarnings } from './configuration.js';

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
