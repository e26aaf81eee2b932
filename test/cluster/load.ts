import { setTimeout as pause } from 'node:timers/promises';
import type { TestApi } from '../support/api.js';
import { type Command, isGone } from '../support/load.js';

/** What clients of a cluster met with. */
export interface Met {
  readonly acknowledged: readonly Command[];
  /** From the first try of a command to its acknowledgement, the longest, in milliseconds. */
  readonly longestMs: number;
  /** One request, from its sending to whatever answer, the longest. */
  readonly longestAnswerMs: number;
  readonly repeated: number;
}

/** Answers by which a client knows to give the same command again. */
const AGAIN = /UNAVAILABLE|INTERNAL_SERVER_ERROR|READ_MODEL_BEHIND/;

/**
 * A client that gives command after command to whichever process answers, and the same command again when the answer
 * did not come, until it is told to end; the last command is carried to its end.
 */
export async function client(apis: () => readonly TestApi[], next: () => Command, ended: AbortSignal): Promise<Met> {
  const acknowledged: Command[] = [];
  let [longestMs, longestAnswerMs, repeated, turn] = [0, 0, 0, 0];
  while (!ended.aborted) {
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

/** What several clients met with together. */
export function together(met: readonly Met[]): Met {
  return {
    acknowledged: met.flatMap(({ acknowledged }) => acknowledged),
    longestMs: Math.max(...met.map(({ longestMs }) => longestMs)),
    longestAnswerMs: Math.max(...met.map(({ longestAnswerMs }) => longestAnswerMs)),
    repeated: met.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}
