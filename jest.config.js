import { common } from './jest.common.js';

/** One runner for the specs beside the code (src) and the end-to-end suites (test). */
export default {
  // The suites mostly wait for other processes: one worker for each core, the first included.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  // Each test starts people and processes of its own; a busy machine is no failure.
  testTimeout: 20_000,
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts', '!src/main.ts'],
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
  ],
};
