import type { ReadWay } from '../access/readings.js';
import type { ChildListCache } from './answers/lists.js';
import type { OwnWrites } from './answers/ownWrites.js';
import type { Deadline } from './executor/deadline.js';
import { type TurnTask, turns } from './executor/turns.js';
import type { RequestShare } from './limits/budget.js';
import type { ClientConnection } from './request/who.js';

/** State that the context of a request shares with the contexts of past states. */
export interface ExecutionScope {
  /** The request as it waits for turns on the event loop. Its owner is the budget key of the caller. */
  readonly task: TurnTask;
  /** The way in which names of persons are read, for the log of readings. */
  readonly way: ReadWay;
  /** The time limit; undefined for subscriptions and commands, which are never aborted. */
  readonly deadline: Deadline | undefined;
  /** The share of the request in the budget of its caller; undefined for subscriptions. */
  readonly share: RequestShare | undefined;
  /** The cache of child lists; undefined to read without it. */
  readonly lists: ChildListCache | undefined;
  /** Receives what the caller writes; undefined when no queries of the caller follow. */
  readonly ownWrites?: OwnWrites | undefined;
  /** The connection of the client; undefined when its end cannot be detected. */
  readonly client: ClientConnection | undefined;
  /** Position token in Last-Event-ID of a reconnecting client. It takes precedence over `resumeAfter`. */
  readonly lastEventId?: string | undefined;
  /** Subjects of the names that were read and are not in the log of readings yet. */
  readonly named: Set<string>;
}

/** Returns the state of a long-lived request, such as a subscription: without time limit and list cache. */
export function endlessScope(way: ReadWay, owner: string): ExecutionScope {
  return {
    task: turns.newTask(owner),
    way,
    deadline: undefined,
    share: undefined,
    lists: undefined,
    client: undefined,
    named: new Set(),
  };
}
