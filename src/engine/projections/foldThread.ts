import { on } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { StoredEvent } from '../eventstore/port.js';
import type { CollectionSpec } from '../readstore/port.js';
import type { ComputedBatch } from './computed.js';
import { folderHere, type PieceFolder } from './pieces.js';
import type { ReadModels } from './readModels.js';

/** Memory of the thread in MB: the states of one stream, and the rows of two pieces. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 48 };

interface WaitingFold {
  readonly resolve: (batch: ComputedBatch) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Returns a folder that folds and computes rows in another thread.
 *
 * @param entry the module of the thread, which calls {@link foldInThread}.
 */
export function folderInThread(models: ReadModels, entry: URL, targets: readonly CollectionSpec[]): PieceFolder {
  const worker = new Worker(entry, { workerData: targets, resourceLimits: THREAD_MEMORY, execArgv: [] });
  const writer = models.fromBeginning();
  const waiting: WaitingFold[] = [];
  let ended: Error | undefined;
  const fail = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (batch: ComputedBatch) => waiting.shift()?.resolve(batch));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the thread that folds events ended with ${code}`)));
  const computed = (events: readonly StoredEvent[]) =>
    new Promise<ComputedBatch>((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.push({ resolve, reject });
      worker.postMessage(events);
    });
  return {
    isParallel: true,
    fold: async (events) => writer.batch(targets, { received: await computed(events) }),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Folds the pieces that {@link folderInThread} sends to this thread, until it is terminated. */
export async function foldInThread(models: ReadModels): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('this module is the entry point of a thread');
  const targets: readonly CollectionSpec[] = workerData;
  const folder = folderHere(models, targets);
  for await (const [events] of on(port, 'message')) {
    const batch = await folder.fold(events);
    port.postMessage(batch.computed());
  }
}
