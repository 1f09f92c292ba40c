import { expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { configurationFindings, warnings } from './configuration.js';

it('names each variable that cannot be used, and what it needs', () => {
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

it('does not warn of the default that stands in for a wrong value', async () => {
  const config = loadConfig({
    NODE_ENV: 'production',
    SESSION_SECRET: 'x'.repeat(40),
  });
  const found = (unusable: string[]) =>
    warnings.look({ config, unusable: new Set(unusable), now: new Date() });
  expect(await found([])).toEqual([
    expect.objectContaining({ message: expect.stringContaining('PUBLIC_URL is http://localhost') }),
  ]);
  expect(await found(['PUBLIC_URL'])).toEqual([]);
});

it('tells what is seen from what to do in the warnings of the start', async () => {
  const config = loadConfig({
    TWITTER_CLIENT_ID: 'id',
    TWITTER_CLIENT_SECRET: 'secret',
    SANDBOX: 'on',
  });
  const found = await warnings.look({ config, unusable: new Set(), now: new Date() });
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
