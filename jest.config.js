import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { LONG_RUN, LONG_TESTS } from './test/support/jest/long.js';

const MEMORY = '/dev/shm';
/** Bytes that all tests together may take there. */
const ROOM = 2_000_000_000;

// The data of tests lie in memory where there is room. On a disk each command waits until it is synced.
const { bavail = 0, bsize = 0 } = await statfs(MEMORY).catch(() => ({}));
if (bavail * bsize > ROOM) process.env.TMPDIR ??= MEMORY;

const isLong = process.env.TEST_LONG === '1';
// Whoever names tests on the command line gets them, also long ones.
const areNamed = process.argv.slice(2).some((argument) => !argument.startsWith('-'));

/** Tests run as ES modules, compiled by swc with the decorators that type-graphql needs. */
export default {
  // The sources and packages are loaded once in a worker. Tests must not rely on fresh modules of theirs.
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  // The client of KurrentDB keeps its generated code on the global object.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  globalSetup: '<rootDir>/test/support/compiled.js',
  setupFiles: ['<rootDir>/test/support/jest/messages.ts'],
  cacheDirectory: '<rootDir>/.cache/jest',
  roots: ['<rootDir>/test'],
  testRegex: [isLong ? LONG_RUN : '\\.test\\.ts$'],
  // Several processes on two engines: `npm run test:cluster`. The web page in a browser: `npm run test:web`.
  testPathIgnorePatterns: [
    ...(isLong || areNamed ? [] : [LONG_TESTS]),
    ...(process.env.LETOPIS_TEST_CLUSTER ? [] : ['/test/cluster/']),
    ...(process.env.LETOPIS_TEST_WEB ? [] : ['/test/web/']),
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  reporters: ['default', '<rootDir>/test/support/jest/skipped.cjs'],
  testSequencer: '<rootDir>/test/support/jest/sequencer.cjs',
  // Nothing here is timed: a slow machine is slow, and a test that hangs is told in the end.
  testTimeout: 90_000,
  // Many of them wait for processes and disks: a third one works meanwhile on two cores.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
