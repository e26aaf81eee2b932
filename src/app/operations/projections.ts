import { z } from 'zod';
import { NotOurs } from '../../engine/projections/runnerFaults.js';
import { COLLECTIONS } from '../../projections/readModels.js';
import { faultInBoth } from '../russian/faults.js';
import { OperationRefused, operation } from './operation.js';

const MAX_LISTED_DOCUMENTS = 1_000;

/** Lists the quarantined rows of the read models, at most {@link MAX_LISTED_DOCUMENTS}, and their total number. */
export const listQuarantined = operation({
  name: 'listQuarantined',
  input: z.object({}),
  progress: z.never(),
  result: z.object({
    total: z.number(),
    documents: z.array(
      z.object({
        model: z.string(),
        stream: z.string(),
        documentId: z.string().nullable(),
        recordedAt: z.string(),
        failures: z.number(),
        message: z.string(),
      }),
    ),
  }),
  open: { following: false },
  async *run({ services: { runner } }) {
    const { entries } = runner.quarantine;
    return {
      total: entries.length,
      documents: entries
        .slice(0, MAX_LISTED_DOCUMENTS)
        .map(({ model, stream, documentId, recordedAt, failures, message }) => ({
          model,
          stream,
          documentId,
          recordedAt,
          failures,
          message,
        })),
    };
  },
});

/** Retries all quarantined rows. */
export const retryQuarantined = operation({
  name: 'retryQuarantined',
  input: z.object({}),
  progress: z.never(),
  result: z.object({ healed: z.number(), left: z.number() }),
  open: { following: false },
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services: { runner } }) {
    try {
      return await runner.retry();
    } catch (error) {
      if (error instanceof NotOurs) throw new OperationRefused(faultInBoth(error));
      throw error;
    }
  },
});

/**
 * Finishes an upgrade: drops the read models of older versions. Only the operator can start this, because an older
 * server may still run.
 */
export const dropOlderModels = operation({
  name: 'dropOlderModels',
  input: z.object({}),
  progress: z.never(),
  result: z.object({ dropped: z.array(z.string()) }),
  open: { following: false },
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services: { store } }) {
    return { dropped: [...(await store.dropOlder(COLLECTIONS))] };
  },
});
