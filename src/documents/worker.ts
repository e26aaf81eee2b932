/** Reads one document in a thread of its own, which may be ended: see isolated.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Task } from './isolated.js';
import { readDocument } from './read.js';
import { UnreadableDocument } from './unreadable.js';

const { bytes, fileName }: Task = workerData;

async function answered(): Promise<Answer> {
  try {
    return { kind: 'read', ...(await readDocument(bytes, fileName)) };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { kind: 'unreadable', place: error.place, problem: error.problem };
    throw error;
  }
}

parentPort?.postMessage(await answered());
