/** Entry point of a thread, which runs one task: see thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Task, TaskAnswer, TaskKind, TaskTypes } from './tasks.js';
import { UnreadableDocument } from './unreadable.js';

const task: Task = workerData;

// Readers print warnings for each odd cell: a hostile document would fill the log of the server.
console.error = () => undefined;
console.warn = () => undefined;

/** Runs a task. Loads only the modules of its kind, because a thread starts for every task. */
async function done({ kind, input }: Task): Promise<TaskTypes[TaskKind]['output']> {
  switch (kind) {
    case 'read': {
      const { readBounded } = await import('./preview.js');
      return readBounded(input);
    }
    case 'preview': {
      const { previewed } = await import('./preview.js');
      return previewed(input);
    }
    case 'print': {
      const { printedPaper } = await import('./printing/printedPaper.js');
      return printedPaper(input);
    }
  }
}

async function answered(): Promise<TaskAnswer> {
  try {
    return { kind: 'done', value: await done(task) };
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    const { place, problem, reason, headings } = error;
    return { kind: 'unreadable', place, problem, reason, headings };
  }
}

parentPort?.postMessage(await answered());
