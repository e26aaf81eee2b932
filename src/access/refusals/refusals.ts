import type { Instant } from '../../domain/dates.js';

/** A command or a look that was refused. Nothing in it names anybody. */
export interface RefusedRequest {
  readonly at: Instant;
  /** Id of the access. */
  readonly actorId: string;
  readonly role: string;
  /** The field of the API, such as `Mutation.approvePlan`. */
  readonly field: string;
  /** Why: a code of the API. */
  readonly code: string;
  /** What it was given to, by its stream; null: nothing that is there, or nothing in particular. */
  readonly stream: string | null;
}

/** A refusal with its place in the log. */
export type KeptRefusal = RefusedRequest & { readonly key: string };

/** Which refusals; all conditions hold together. */
export interface RefusalFilter {
  readonly actorId?: string;
  readonly code?: string;
  readonly field?: string;
}

/** So many refusals are kept, the last ones: who floods the log fills nobody's disk. */
export const KEPT_REFUSALS = 10_000;

/** Which requests were refused to whom: the security log. It stands beside the chronicle, since nothing has changed. */
export interface RefusalLog {
  /** @throws AccessUnavailable */
  record(refused: RefusedRequest): Promise<void>;
  /** The newest first, at most `limit` after a place (exclusive; empty: from the newest). @throws AccessUnavailable */
  find(filter: RefusalFilter, after: string, limit: number): Promise<readonly KeptRefusal[]>;
  /** @throws AccessUnavailable */
  count(filter: RefusalFilter): Promise<number>;
  close(): void;
}

/** The key of the next refusal: in the order of time, and apart from those of other processes. */
export function refusalKey(at: Instant, count: number, process: string): string {
  return `${at} ${String(count).padStart(10, '0')} ${process}`;
}
