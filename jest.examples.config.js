import { common } from './jest.common.js';

/** The examples, each started as its README says, and clicked through. One at a time: each has a service and a browser. */
export default {
  ...common,
  testMatch: ['<rootDir>/test/examples/*.browser-spec.ts'],
  testTimeout: 90_000,
  maxWorkers: 1,
};
