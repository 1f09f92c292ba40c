import { expect, it } from '@jest/globals';
import type { ProviderId } from '../../common/provider-id.js';
import { loadConfig } from '../../config/load-config.js';
import { providerToStart } from './sign-in-start.js';

it.each<[on: ProviderId[], tried: ProviderId | undefined]>([
  [['google', 'twitter', 'facebook'], 'google'],
  [['twitter', 'facebook'], 'facebook'],
  // It does not show its redirect URI, but nothing else is on.
  [['twitter'], 'twitter'],
  [[], undefined],
])('of %j it is %s', (on, tried) => {
  const keys = on.flatMap((id) => [
    [`${id.toUpperCase()}_CLIENT_ID`, 'id'],
    [`${id.toUpperCase()}_CLIENT_SECRET`, 'secret'],
  ]);
  const { providers } = loadConfig({ SANDBOX: 'off', ...Object.fromEntries(keys) });
  expect(providerToStart(providers)).toBe(tried);
});
