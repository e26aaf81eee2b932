import { z } from 'zod';
import { logProblemInBoth } from '../../application/logProblems.js';
import { LOG_PROBLEMS } from '../../engine/signing/acceptance.js';
import { LogNotAcceptable } from '../../engine/signing/checkpointing.js';
import { faultInBoth } from '../russian/faults.js';
import { OperationRefused, operation } from './operation.js';

const Size = z.object({ size: z.number(), root: z.string() });

/** Accepts the present log, so that it is signed although it does not match its anchor. Records an event about it. */
export const acceptLog = operation({
  name: 'log accept',
  input: z.object({ reason: z.string().trim().min(1).max(1_000) }),
  progress: z.never(),
  result: z.object({ problem: z.enum(LOG_PROBLEMS), accepted: Size, anchor: Size.nullable() }),
  open: { following: false },
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ checkpointer }, { reason }) {
    if (!checkpointer)
      throw new OperationRefused({
        ru: 'здесь нет подписанного журнала: укажите в LETOPIS_READ_STORE базу MongoDB',
        en: 'this installation has no signed log: set LETOPIS_READ_STORE to a MongoDB',
      });
    try {
      return await checkpointer.accept(reason);
    } catch (error) {
      if (!(error instanceof LogNotAcceptable)) throw error;
      throw new OperationRefused(error.standing ? logProblemInBoth(error.standing) : faultInBoth(error));
    }
  },
});
