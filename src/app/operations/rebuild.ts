import { z } from 'zod';
import { rebuild as rebuilding, UnknownReadModel } from '../../engine/projections/rebuild.js';
import { NotOurs } from '../../engine/projections/runnerFaults.js';
import { faultInBoth } from '../russian/faults.js';
import { OperationRefused, operation } from './operation.js';

/** Schema of the progress and result of a rebuild. `rate`: events per second. */
const RebuildReport = z.object({
  events: z.number(),
  rate: z.number(),
  done: z.boolean(),
  quarantined: z.number(),
});

/** Clears the signed log in MongoDB. The process that maintains it starts again from the first event at once. */
export const rebuildLog = operation({
  name: 'rebuild log',
  input: z.object({}),
  progress: z.never(),
  result: z.object({ entries: z.number() }),
  open: { following: false },
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ logStore }) {
    if (!logStore) {
      throw new OperationRefused({
        ru: 'журнал этой летописи лежит в её же файле, вместе с событиями: строить заново нечего; npx letopis verify проверяет его',
        en: 'this chronicle keeps its log in its own file, with every event: there is nothing to rebuild; `npx letopis verify` checks it',
      });
    }
    const { tree } = await logStore.state();
    await logStore.clear();
    return { entries: tree.size };
  },
});

/** Rebuilds read models from the event store. Queries use the present ones until the new ones replace them. */
export const rebuildReadModels = operation({
  name: 'rebuild',
  input: z.object({ names: z.array(z.string()) }),
  progress: RebuildReport,
  result: RebuildReport,
  open: { following: false },
  async *run({ services: { events, store, runner } }, { names }) {
    let last = { events: 0, rate: 0, done: false, quarantined: 0 };
    try {
      for await (const progress of rebuilding(events, store, runner, names)) {
        last = progress;
        yield progress;
      }
    } catch (error) {
      if (error instanceof UnknownReadModel || error instanceof NotOurs) throw new OperationRefused(faultInBoth(error));
      throw error;
    }
    return last;
  },
});
