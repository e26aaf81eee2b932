const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that wait for processes and time limits. They begin first, while others use the processor. */
const WAITING = /\/test\/(faults|app\/(cli|rights|forget)|docs\/recipes|eventstore\/(kurrentdb|kill)|api\/cuts)/;

module.exports = class WaitingFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isWaiting = ({ path }) => WAITING.test(path);
    return [...sorted.filter(isWaiting), ...sorted.filter((test) => !isWaiting(test))];
  }
};
