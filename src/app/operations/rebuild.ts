import { z } from 'zod';
import { rebuild as rebuilding, UnknownReadModel } from '../../projections/runner/rebuild.js';
import { NotOurs } from '../../projections/runner/runner.js';
import { OperationRefused, operation } from './operation.js';

/** How far a rebuild has come. */
export const Progress = z.object({
  events: z.number(),
  rate: z.number(),
  done: z.boolean(),
  quarantined: z.number(),
});

/** Makes the log beside the chronicle anew: whoever keeps it goes on from the beginning at once. */
export const rebuildLog = operation({
  name: 'rebuild log',
  input: z.object({}),
  progress: z.never(),
  result: z.object({ entries: z.number() }),
  open: { following: false },
  // biome-ignore lint/correctness/useYield: nothing is told on the way.
  async *run({ logStore }) {
    if (!logStore) {
      throw new OperationRefused(
        'this chronicle keeps its log in its own file, with every event: there is nothing to make again, `letopis verify` tells whether it is whole',
      );
    }
    const { tree } = await logStore.state();
    await logStore.clear();
    return { entries: tree.size };
  },
});

/** Makes read models anew from the chronicle; those there are answer until the new ones take their place. */
export const rebuild = operation({
  name: 'rebuild',
  input: z.object({ names: z.array(z.string()) }),
  progress: Progress,
  result: Progress,
  open: { following: false },
  async *run({ services: { events, store, runner } }, { names }) {
    let last = { events: 0, rate: 0, done: false, quarantined: 0 };
    try {
      for await (const progress of rebuilding(events, store, runner, names)) {
        last = progress;
        yield progress;
      }
    } catch (error) {
      if (error instanceof UnknownReadModel || error instanceof NotOurs) throw new OperationRefused(error.message);
      throw error;
    }
    return last;
  },
});
