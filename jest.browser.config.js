/** The browser suite: real Chromium, clicking. One at a time: a browser and a service per file are enough to wait for. */
export default {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testMatch: ['<rootDir>/test/browser/*.browser-spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
