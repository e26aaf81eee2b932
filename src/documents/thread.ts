import { endThread, startThread } from '../engine/thread.js';
import type { TaskAnswer, TaskKind, TaskTypes } from './tasks.js';
import { TurnAborted } from './turns.js';
import { UnreadableDocument } from './unreadable.js';

/** The compiled module of the thread, also for tests, which run the sources. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/documents/worker.js' : 'worker.js',
  import.meta.url,
);

const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
/** Enough for a Word document of 5,000 rows in which each word has a different format. */
const LARGE_LIMITS = { ...LIMITS, maxOldGenerationSizeMb: 320 };

/** Bounds of a task. */
interface TaskBounds {
  readonly timeoutMs: number;
  /** True for a task that may take more memory. */
  readonly isLarge: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs a task in a separate thread with bounded memory and time.
 *
 * @throws UnreadableDocument when it cannot be done with this document, or not within the bounds.
 * @throws TurnAborted when the signal aborts; the thread is ended then.
 */
export function inThread<K extends TaskKind>(
  kind: K,
  input: TaskTypes[K]['input'],
  { timeoutMs, isLarge, signal }: TaskBounds,
): Promise<TaskTypes[K]['output']> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new TurnAborted());
    const worker = startThread(WORKER, { kind, input }, isLarge ? LARGE_LIMITS : LIMITS);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      // Releases the memory of the thread before the next one begins.
      void endThread(worker).finally(settle);
    };
    const fail = (error: Error) => end(() => reject(error));
    const refuse = (problem: string) => fail(new UnreadableDocument(null, problem, 'TOO_LARGE'));
    const abort = () => fail(new TurnAborted());
    const timer = setTimeout(() => refuse(`it could not be done within ${timeoutMs / 1_000} s`), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    worker.once('message', (answer: TaskAnswer<K>) => {
      if (answer.kind === 'done') end(() => resolve(answer.value));
      else fail(new UnreadableDocument(answer.place, answer.problem, answer.reason, answer.headings));
    });
    worker.once('error', (error: Error & { readonly code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('it takes more memory than any plan does');
      else fail(error);
    });
    worker.once('exit', (code) => fail(new Error(`the thread for the task «${kind}» ended with ${code}`)));
  });
}
