import type { ReadWay } from '../access/readings/readings.js';
import type { KeptLists } from './answers/lists.js';
import type { Deadline } from './executor/deadline.js';

/** What a request shares with the pasts that it looks into. */
export interface ExecutionScope {
  /** Whose turns its work waits for: the key of the caller's budget. */
  readonly owner: string;
  /** By which way names of persons are read, as their log has it. */
  readonly way: ReadWay;
  /** Until when it is to be answered; undefined: a subscription, or a command, which is never given up in the middle. */
  readonly deadline: Deadline | undefined;
  /** Lists that were read before; undefined: each is read. */
  readonly lists: KeptLists | undefined;
  /** Aborts when the caller has left; undefined where that cannot be noticed. */
  readonly left: AbortSignal | undefined;
  /** The persons whose names it has read and not noted yet. */
  readonly named: Set<string>;
}

/** The scope of a request that has neither an end nor a memory, such as a subscription. */
export function endlessScope(way: ReadWay, owner: string): ExecutionScope {
  return { owner, way, deadline: undefined, lists: undefined, left: undefined, named: new Set() };
}
