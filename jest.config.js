import { availableParallelism } from 'node:os';

/** Tests run as ES modules, compiled by swc with the decorators that type-graphql needs. */
export default {
  testEnvironment: 'node',
  // The client of KurrentDB keeps its generated code on the global object.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  globalSetup: '<rootDir>/test/support/compiled.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Several processes on two engines: `npm run test:cluster`.
  testPathIgnorePatterns: process.env.LETOPIS_TEST_CLUSTER ? [] : ['/test/cluster/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Nothing here is timed: a slow machine is slow, and a test that hangs is told in the end.
  testTimeout: 90_000,
  // Many of them wait for processes and disks: a third one works meanwhile on two cores.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
