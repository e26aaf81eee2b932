import type { Instant } from '../../domain/dates.js';

/** A command or a query that was refused. It contains ids only, no names of persons. */
export interface RefusedRequest {
  readonly at: Instant;
  /** Id of the access. */
  readonly actorId: string;
  readonly role: string;
  /** The field of the API, such as `Mutation.approvePlan`. */
  readonly field: string;
  /** The error code of the API. */
  readonly code: string;
  /** The stream of the target; null when the target does not exist or the request has none. */
  readonly stream: string | null;
}

/** A refusal with its key, which is its place in the order of the log. */
export type KeptRefusal = RefusedRequest & { readonly key: string };

/** Filter of refusals. All conditions must hold. */
export interface RefusalFilter {
  readonly actorId?: string;
  readonly code?: string;
  readonly field?: string;
}

/** Number of refusals that are kept. The oldest are deleted, so that a flood of requests does not fill the disk. */
export const KEPT_REFUSALS = 10_000;

/** The security log: the requests that were refused. It is not part of the event store, because nothing has changed. */
export interface RefusalLog {
  /** Adds a refusal to the log. @throws AccessUnavailable */
  record(refused: RefusedRequest): Promise<void>;
  /**
   * Returns at most `limit` refusals, newest first, after the key `after` (exclusive; empty: from the newest).
   *
   * @throws AccessUnavailable
   */
  find(filter: RefusalFilter, after: string, limit: number): Promise<readonly KeptRefusal[]>;
  /** Returns the number of refusals that match. @throws AccessUnavailable */
  count(filter: RefusalFilter): Promise<number>;
  close(): void;
}

/** Returns the key of the next refusal. Keys sort by time and are unique across processes. */
export function refusalKey(at: Instant, count: number, process: string): string {
  return `${at} ${String(count).padStart(10, '0')} ${process}`;
}
