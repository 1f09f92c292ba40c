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
      action: 'Change it where it is not meant to be so.',
    },
    {
      status: 'warning',
      message: 'X refuses callbacks on localhost.',
      action: 'Set PUBLIC_URL to http://127.0.0.1:PORT and open the service there.',
    },
  ]);
});
