import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/** A thread. Only this file imports `worker_threads`, so that no thread starts without heap limits. */
export type Thread = Worker;

/**
 * Flags for the heap of the process. V8 also applies them to the heap of each thread, in place of the limits of the
 * thread. 0 means «not set».
 */
const HEAP_FLAGS = ['--max-old-space-size', '--max-semi-space-size', '--min-semi-space-size', '--max-heap-size'];

/**
 * Starts a thread with separate heap limits. For that it resets the flags of V8 in this process permanently; the
 * existing heap keeps its limits.
 *
 * @param limits limits of the heap; by default the old generation may grow as large as the heap of this process.
 */
export function startThread(module: URL, workerData: unknown, limits?: ResourceLimits): Thread {
  const own = Math.ceil(getHeapStatistics().heap_size_limit / 1_048_576);
  for (const flag of HEAP_FLAGS) setFlagsFromString(`${flag}=0`);
  const resourceLimits = limits ?? { maxOldGenerationSizeMb: own };
  return new Worker(module, { workerData, resourceLimits, execArgv: [] });
}

/** Ends a thread whose result is no longer needed, and ignores its further events. */
export function endThread(thread: Thread): Promise<number> {
  thread.removeAllListeners();
  // The thread may reach its heap limit before it ends. An error without a listener would end the process.
  thread.on('error', () => {});
  return thread.terminate();
}
