import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { checkRuntime } from './runtime.js';

const { publicUrl: https } = loadConfig({ PUBLIC_URL: 'https://id.example.com' });
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
