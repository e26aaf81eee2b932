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
