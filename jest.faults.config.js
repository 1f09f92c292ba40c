/** The fault suites: real processes, killed and frozen. One at a time: they measure deadlines, and each starts several. */
export default {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testMatch: ['<rootDir>/test/faults/*.faults-spec.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
  // A suite that could not start leaves servers behind; the run ends all the same.
  forceExit: true,
};
