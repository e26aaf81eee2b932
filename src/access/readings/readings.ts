import { LRUCache } from 'lru-cache';
import type { Instant, LocalDate } from '../../domain/dates.js';

/** The ways by which names are read. */
export const READ_WAYS = ['query', 'subscription', 'document', 'auditFile'] as const;
export type ReadWay = (typeof READ_WAYS)[number];

/** That somebody has read the name of a person on a day: one entry, however often. */
export interface NameReading {
  /** In UTC. */
  readonly day: LocalDate;
  /** Id of the API key or program. */
  readonly actorId: string;
  /** The subject of the person's key. */
  readonly subject: string;
  readonly way: ReadWay;
  readonly firstAt: Instant;
  /** To the minute. */
  readonly lastAt: Instant;
}

/** Which readings; all conditions hold together. */
export interface ReadingFilter {
  readonly subject?: string;
  readonly actorId?: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** A reading with its place in the log. */
export type KeptReading = NameReading & { readonly key: string };

/** Who read which names of persons. It stands beside the chronicle, and nothing in it names anybody. */
export interface ReadingLog {
  /** @throws AccessUnavailable */
  record(actorId: string, way: ReadWay, subjects: Iterable<string>, at: Instant): Promise<void>;
  /** By day, at most `limit` after a place. @throws AccessUnavailable */
  find(filter: ReadingFilter, after: string, limit: number): Promise<readonly KeptReading[]>;
  /** @throws AccessUnavailable */
  count(filter: ReadingFilter): Promise<number>;
  close(): void;
}

/** Where readings are kept, by their keys. */
export interface ReadingShelf {
  /** Keeps readings; of one that is there the last moment is moved. */
  put(readings: readonly KeptReading[]): Promise<void>;
  find(filter: ReadingFilter, after: string, limit: number): Promise<readonly KeptReading[]>;
  count(filter: ReadingFilter): Promise<number>;
  close(): void;
}

/** Readings that were told within the last minute are not written again: so many are remembered. */
const REMEMBERED = 50_000;

/** The log on a shelf. */
export function readingLogOn(shelf: ReadingShelf): ReadingLog {
  const written = new LRUCache<string, string>({ max: REMEMBERED });
  return {
    async record(actorId, way, subjects, at) {
      const minute = at.slice(0, 16);
      const fresh = [...subjects]
        .map((subject) => readingOf(actorId, way, subject, at))
        .filter(({ key }) => written.get(key) !== minute);
      if (fresh.length === 0) return;
      await shelf.put(fresh);
      for (const { key } of fresh) written.set(key, minute);
    },
    find: (filter, after, limit) => shelf.find(filter, after, limit),
    count: (filter) => shelf.count(filter),
    close: () => shelf.close(),
  };
}

function readingOf(actorId: string, way: ReadWay, subject: string, at: Instant): KeptReading {
  const day = at.slice(0, 10);
  return { key: `${day} ${actorId} ${subject} ${way}`, day, actorId, subject, way, firstAt: at, lastAt: at };
}

/** The way of a kept reading; undefined for one that this version does not know. */
export function readWayOf(value: unknown): ReadWay | undefined {
  return READ_WAYS.find((way) => way === value);
}
