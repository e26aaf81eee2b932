const { relative } = require('node:path');

/** The tests that a default run leaves out, with the reason. */
const LEFT_OUT = [
  ['long tests', 'take ten minutes: test/support/jest/long.js', 'npm run test:long'],
  ['test/cluster', 'takes minutes and two engines', 'npm run test:cluster'],
  ['test/web', 'needs Chromium and the built page', 'npm run test:web'],
  ['every query of the API tests in all ways', 'asks each of them five times', 'npm run test:ways'],
  [
    'many runs of random tests',
    'hours: a default run does some',
    'npm run faults, fuzz, fuzz:api, attack:strings, cuts, keys',
  ],
  ['floods and hostile readers', 'need a quiet machine', 'npm run attacks'],
];

/** Prints at the end which tests were skipped and why. The reasons are in the names of the tests. */
module.exports = class SkippedReporter {
  constructor(globalConfig) {
    this.config = globalConfig;
  }

  onRunComplete(_, { testResults }) {
    // If the tests to run were selected by name, the user knows what is skipped.
    if (this.config.testNamePattern) return;
    const counts = new Map();
    for (const { testFilePath, testResults: tests } of testResults) {
      for (const { status, ancestorTitles, title } of tests) {
        if (status !== 'pending') continue;
        const reason = [...ancestorTitles, title].findIndex((name) => name.endsWith(']'));
        const name = [...ancestorTitles, title].slice(0, reason + 1 || undefined).join(' › ');
        const line = `${relative(this.config.rootDir, testFilePath)}: ${name}`;
        counts.set(line, (counts.get(line) ?? 0) + 1);
      }
    }
    const skipped = [...counts].map(([line, count]) => `  ${line}${count > 1 ? ` (${count} tests)` : ''}`);
    const isWhole = this.config.nonFlagArgs.length === 0;
    const leftOut = isWhole ? LEFT_OUT.map(([what, why, how]) => `  ${what}: ${why}; ${how}`) : [];
    if (skipped.length > 0) process.stderr.write(`\nSkipped:\n${skipped.join('\n')}\n`);
    if (leftOut.length > 0) process.stderr.write(`\nNot part of this run:\n${leftOut.join('\n')}\n`);
  }
};
