import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/** A thread. Only this file imports `worker_threads`, so that no thread starts without limits of its own. */
export type Thread = Worker;

/**
 * Flags for the heap of the process. V8 applies them to the heap of each thread too, whatever limits the thread was
 * given. 0 is «not set».
 */
const HEAP_FLAGS = ['--max-old-space-size', '--max-semi-space-size', '--min-semi-space-size', '--max-heap-size'];

/**
 * Starts a thread whose heap has limits of its own. For that it resets the flags of V8 in this process for good; the
 * heap that has begun already keeps its limits.
 *
 * @param limits those of the heap; by default the old generation may grow as large as the heap of this process.
 */
export function startThread(module: URL, workerData: unknown, limits?: ResourceLimits): Thread {
  const own = Math.ceil(getHeapStatistics().heap_size_limit / 1_048_576);
  for (const flag of HEAP_FLAGS) setFlagsFromString(`${flag}=0`);
  const resourceLimits = limits ?? { maxOldGenerationSizeMb: own };
  return new Worker(module, { workerData, resourceLimits, execArgv: [] });
}

/** Ends a thread whose result is no longer wanted, without listening to it any longer. */
export function endThread(thread: Thread): Promise<number> {
  thread.removeAllListeners();
  // It may reach the limit of its heap before it ends. An error that nobody listens to would end the process.
  thread.on('error', () => {});
  return thread.terminate();
}
