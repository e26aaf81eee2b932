import { describe, expect, it } from '@jest/globals';
import { Commits, subscription } from '../../../src/engine/eventstore/following.js';
import { type EventBatch, START } from '../../../src/engine/eventstore/port.js';
import { until } from '../../support/waiting.js';

describe('a subscription', () => {
  it('reads nothing ahead of its consumer, and nothing while nothing is committed', async () => {
    const commits = new Commits();
    let head = 3;
    let reads = 0;
    const source = {
      commits,
      head: async () => String(head),
      readAll: async ({ after }: { after: string }): Promise<EventBatch> => {
        reads += 1;
        const position = Math.min(Number(after) + 1, head);
        return { events: [], position: String(position), caughtUp: position === head };
      },
    };
    const { signal } = new AbortController();
    const iterator = subscription(source, { after: START, signal })[Symbol.asyncIterator]();
    expect(reads).toBe(0);
    for (const expected of [1, 2, 3]) {
      await iterator.next();
      expect(reads).toBe(expected);
    }
    let hasCome = false;
    const pending = iterator.next().then((result) => {
      hasCome = true;
      return result;
    });
    // A commit without events for this reader is read once and skipped.
    commits.announce();
    await until(() => reads === 4);
    expect(hasCome).toBe(false);
    head = 4;
    commits.announce();
    expect(await pending).toMatchObject({ done: false, value: { position: '4', caughtUp: true } });
    expect(reads).toBe(5);
    await iterator.return?.();
  });

  it('gives nothing more when the signal aborts in the middle of a read', async () => {
    const abort = new AbortController();
    const source = {
      commits: new Commits(),
      head: async () => '1',
      readAll: async (): Promise<EventBatch> => {
        abort.abort();
        return { events: [], position: '1', caughtUp: true };
      },
    };
    const iterator = subscription(source, { after: START, signal: abort.signal })[Symbol.asyncIterator]();
    expect(await iterator.next()).toMatchObject({ done: true });
  });
});
