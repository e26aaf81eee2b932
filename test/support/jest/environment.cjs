const { TestEnvironment } = require('jest-environment-node');

// Jest waits half a second for a worker that has nothing left to do. Without this call, Node first frees the heap,
// which takes longer with all sources loaded and on a busy machine; `process.exit` leaves that to the operating system.
// If a test left something open, the worker still does not get here.
if (process.send) process.once('beforeExit', () => process.exit());

/** The environment of all test files of this worker. */
let shared;

class SharedEnvironment extends TestEnvironment {
  /** The next test file uses the same environment. */
  async teardown() {}
}

/**
 * Returns the environment for a test file: one for all files of a worker, so that the modules loaded in it can be
 * shared as well. With `--watch` each file has its own, because the sources change between runs.
 */
module.exports = function environmentFor(config, context) {
  const { watch, watchAll } = config.globalConfig;
  if (watch || watchAll) return new TestEnvironment(config, context);
  shared ??= new SharedEnvironment(config, context);
  return shared;
};
