import { common } from './jest.common.js';

/** The fault suites: real processes, killed and frozen. One at a time: they measure deadlines, and each starts several. */
export default {
  ...common,
  testMatch: ['<rootDir>/test/faults/*.faults-spec.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
  // A suite that could not start leaves servers behind; the run ends all the same.
  forceExit: true,
};
