import { Worker } from 'node:worker_threads';
import type { ReadPlan } from './read.js';
import { UnreadableDocument } from './unreadable.js';

/** Reads a document of a stranger. */
export type DocumentReader = (bytes: Uint8Array, fileName: string) => Promise<ReadPlan>;

/** Bytes of a request that carries a document of so many bytes in base64, and what stands around it. */
export function bodyLimit(maxBytes: number): number {
  return Math.ceil(maxBytes / 3) * 4 + 1_000_000;
}

/** What a worker is given. */
export interface Task {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** What a worker answers. */
export type Answer =
  | ({ readonly kind: 'read' } & ReadPlan)
  | { readonly kind: 'unreadable'; readonly place: string | null; readonly problem: string };

/** Tests run the sources, but a thread needs what they compile to. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/documents/worker.js' : 'worker.js',
  import.meta.url,
);

const LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };
const TIMEOUT_MS = 30_000;
/** Documents that are read at once; others wait for their turn. */
const AT_ONCE = 2;

/**
 * A reader that gives each document a thread of its own, with bounded memory and time, so that no file can take the server
 * down or hold it up.
 *
 * @param maxBytes larger files are refused unread.
 */
export function isolatedReader(maxBytes: number, timeoutMs: number = TIMEOUT_MS): DocumentReader {
  let running = 0;
  const waiting: (() => void)[] = [];
  const turn = () => (running < AT_ONCE ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve)));
  return async (bytes, fileName) => {
    checkSize(bytes.length, maxBytes);
    await turn();
    running += 1;
    try {
      return await inThread({ bytes, fileName }, timeoutMs);
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}

/** @throws UnreadableDocument for a file of more bytes than are taken. */
export function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new UnreadableDocument(
    null,
    `the file has ${bytes} bytes; at most ${maxBytes} are taken. Remove its pictures, or raise LETOPIS_MAX_UPLOAD`,
  );
}

function inThread(task: Task, timeoutMs: number): Promise<ReadPlan> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: task, resourceLimits: LIMITS, execArgv: [] });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    const refuse = (place: string | null, problem: string) => end(() => reject(new UnreadableDocument(place, problem)));
    const timer = setTimeout(() => refuse(null, `it could not be read within ${timeoutMs / 1_000} s`), timeoutMs);
    worker.once('message', (answer: Answer) => {
      if (answer.kind === 'read') end(() => resolve({ reader: answer.reader, plan: answer.plan }));
      else refuse(answer.place, answer.problem);
    });
    worker.once('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse(null, 'it takes more memory to read than any plan does');
      else end(() => reject(error));
    });
    worker.once('exit', (code) =>
      end(() => reject(new Error(`the thread that read ${task.fileName} ended with ${code}`))),
    );
  });
}
