import { common } from './jest.common.js';

/** The browser suite: real Chromium, clicking. One at a time: a browser and a service per file are enough to wait for. */
export default {
  ...common,
  testMatch: ['<rootDir>/test/browser/*.browser-spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
