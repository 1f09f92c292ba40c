import { expect, it } from '@jest/globals';
import type { ProviderId } from '../common/provider-id.js';
import { canUnlink } from './can-unlink.js';

it.each<[ProviderId[], ProviderId[], boolean]>([
  [['google'], ['google', 'facebook'], false],
  [['google', 'facebook'], ['google', 'facebook'], true],
  [['google', 'facebook'], ['google'], false],
  [['google', 'facebook', 'twitter'], ['google', 'twitter'], true],
  [['google', 'facebook'], ['facebook'], true],
  [['google', 'facebook'], [], true],
  [['google'], [], false],
])('of %j, where %j are on, google may be disconnected: %j', (connected, enabled, expected) => {
  expect(canUnlink('google', connected, enabled)).toBe(expected);
});
