const { pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');

/**
 * The values that the test framework stores in the environment under these symbols: its handlers, and a changed
 * timeout.
 */
const OF_FRAMEWORK = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map((name) => Symbol.for(name));

/** The runtime of all test files of this worker. */
let shared;

class SharedRuntime extends Runtime {
  /** Unloads the test file, its support modules and the test framework, because they may have state of that file. */
  teardown() {
    this.restoreAllMocks();
    const { rootDir } = this._config;
    const starts = [`${pathToFileURL(rootDir)}/test/`, `${rootDir}/test/`, '@jest/globals/'];
    for (const registry of [this.registries.esModuleRegistry, this.registries.moduleRegistry]) {
      for (const key of registry.keys()) if (starts.some((start) => key.startsWith(start))) registry.delete(key);
    }
    this.registries.internalModuleRegistry.clear();
    this.jestGlobals.clearJestObjectCache();
    for (const symbol of OF_FRAMEWORK) delete this._environment.global[symbol];
  }

  goOn(testPath) {
    this._testPath = testPath;
    this.testState.enterTestCode();
    return this;
  }
}

/**
 * Returns the runtime for a test file: one for all files of a worker, which loads the sources and packages once. Loading
 * them is most of the work of a short test file. With `--watch` each file has its own.
 */
module.exports = function runtimeFor(config, environment, ...rest) {
  const [testPath, { watch, watchAll }] = rest.slice(-2);
  if (watch || watchAll) return new Runtime(config, environment, ...rest);
  shared ??= new SharedRuntime(config, environment, ...rest);
  return shared.goOn(testPath);
};
