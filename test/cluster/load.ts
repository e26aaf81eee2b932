import { setTimeout as pause } from 'node:timers/promises';
import type { TestApi } from '../support/api.js';
import { type Command, isGone } from '../support/load.js';

/** The results of clients of a cluster. */
export interface Met {
  readonly acknowledged: readonly Command[];
  /** Longest time from the first attempt of a command to its acknowledgement, in milliseconds. */
  readonly longestMs: number;
  /** Longest time from one request to any answer. */
  readonly longestAnswerMs: number;
  readonly repeated: number;
}

/** Answers after which a client repeats the same command. */
const AGAIN = /UNAVAILABLE|INTERNAL_SERVER_ERROR|READ_MODEL_BEHIND/;

/**
 * A client that sends command after command to any process that answers. If there is no answer, it repeats the command.
 * When it is stopped, it completes the last command.
 *
 * @param pauseMs pause before each command, in milliseconds.
 */
export async function client(
  apis: () => readonly TestApi[],
  next: () => Command,
  ended: AbortSignal,
  pauseMs = 0,
): Promise<Met> {
  const acknowledged: Command[] = [];
  let [longestMs, longestAnswerMs, repeated, turn] = [0, 0, 0, 0];
  while (!ended.aborted) {
    if (pauseMs > 0) await pause(pauseMs);
    const command = next();
    const start = performance.now();
    for (let tries = 0; ; tries += 1) {
      const all = apis();
      const api = all[(turn + tries) % Math.max(all.length, 1)];
      const sent = performance.now();
      try {
        if (!api) throw new TypeError('fetch failed');
        await api.done(command.name, { ...command.input, commandId: command.commandId });
        longestAnswerMs = Math.max(longestAnswerMs, performance.now() - sent);
        break;
      } catch (error) {
        longestAnswerMs = Math.max(longestAnswerMs, performance.now() - sent);
        if (!isGone(error) && !AGAIN.test(String(error))) throw error;
        repeated += 1;
        if (performance.now() - start > 60_000)
          throw new Error(`${command.commandId} was not answered`, { cause: error });
        await pause(50);
      }
    }
    longestMs = Math.max(longestMs, performance.now() - start);
    acknowledged.push(command);
    turn += 1;
  }
  return { acknowledged, longestMs, longestAnswerMs, repeated };
}

/** Returns the combined results of several clients. */
export function together(met: readonly Met[]): Met {
  return {
    acknowledged: met.flatMap(({ acknowledged }) => acknowledged),
    longestMs: Math.max(...met.map(({ longestMs }) => longestMs)),
    longestAnswerMs: Math.max(...met.map(({ longestAnswerMs }) => longestAnswerMs)),
    repeated: met.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}
