import type { NativePosition } from '../eventstore/port.js';
import { documentPages } from '../readstore/pages.js';
import type { CollectionSpec, Document, ReadStore, Write } from '../readstore/port.js';
import { ALL_MODELS } from './batch.js';
import type { Failure, WrittenBatch } from './projection.js';

/** The collection of failures, so that they survive a restart. */
export const QUARANTINE: CollectionSpec = {
  name: 'quarantine',
  version: 3,
  fields: { model: 'text', stream: 'text' },
  keys: ['model', 'stream'],
  indexes: [['model']],
};

/** Number of failures that are read at once. */
const LOAD_PAGE = 1_000;

/** A failed row with the number of its failures. */
export interface Quarantined extends Failure {
  /** Number of failures, including the first one. */
  readonly failures: number;
}

/** How far rows of a read model are behind. */
export interface Staleness {
  readonly model: string;
  /** Number of quarantined rows. */
  readonly documents: number;
  /** Position of the first event that one of the rows lacks. */
  readonly since: NativePosition;
  /** When that event was recorded. */
  readonly sinceAt: string;
}

/** The rows that could not be computed or written. They are stored in the read store and cached here. */
export class Quarantine {
  readonly #entries = new Map<string, Quarantined>();
  readonly #positions = new Map<string, NativePosition>();
  #version = 0;

  constructor(private readonly store: ReadStore) {}

  /** The quarantined rows. */
  get entries(): readonly Quarantined[] {
    return [...this.#entries.values()];
  }

  /** Number of quarantined rows. */
  get size(): number {
    return this.#entries.size;
  }

  /** Increases whenever the quarantine may have changed. */
  get version(): number {
    return this.#version;
  }

  /** Replaces the cached entries by those in the read store. */
  async load(): Promise<void> {
    const documents: Document[] = [];
    for await (const page of documentPages(this.store, QUARANTINE, { filter: [], order: [], limit: LOAD_PAGE })) {
      documents.push(...page.documents);
    }
    if (this.#entries.size > 0 || documents.length > 0) this.#version += 1;
    this.#entries.clear();
    this.#positions.clear();
    for (const document of documents) {
      const { body } = document;
      if (isQuarantined(body)) this.#entries.set(document.id, body);
      this.#positions.set(document.id, document.position);
    }
  }

  /** True when the events of a stream could not be folded. */
  isBroken(stream: string): boolean {
    return this.#entries.size > 0 && this.#entries.has(keyOf({ model: ALL_MODELS, stream, documentId: null }));
  }

  /** Returns when the first event that a row lacks was recorded; null when the row is current. */
  staleSince(model: string, stream: string, documentId: string): string | null {
    if (this.#entries.size === 0) return null;
    for (const key of [
      keyOf({ model, stream, documentId }),
      keyOf({ model, stream, documentId: null }),
      keyOf({ model: ALL_MODELS, stream, documentId: null }),
    ]) {
      const entry = this.#entries.get(key);
      if (entry) return entry.recordedAt;
    }
    return null;
  }

  /**
   * Returns the staleness of these read models, one entry for each that has quarantined rows, and one for `ALL_MODELS`
   * if a whole stream could not be folded.
   */
  staleness(models: ReadonlySet<string>): Staleness[] {
    if (this.#entries.size === 0) return [];
    const found = new Map<string, Staleness>();
    for (const { model, position, recordedAt } of this.#entries.values()) {
      if (model !== ALL_MODELS && !models.has(model)) continue;
      const known = found.get(model);
      const isFirst = !known || position < known.since;
      found.set(model, {
        model,
        documents: (known?.documents ?? 0) + 1,
        since: isFirst ? position : known.since,
        sinceAt: isFirst ? recordedAt : known.sinceAt,
      });
    }
    return [...found.values()];
  }

  /** Adds failed rows and removes rows that were written. Must be durable before the checkpoint moves. */
  async settle(outcomes: readonly (WrittenBatch & { readonly model: string })[]): Promise<void> {
    const failed = outcomes.flatMap(({ failures }) => failures);
    const healed =
      this.#entries.size === 0
        ? []
        : outcomes.flatMap(({ model, written }) =>
            written.map(({ documentId, stream }) => keyOf({ model, stream, documentId })),
          );
    for (const failure of failed) await this.#put(keyOf(failure), failure);
    for (const key of healed) if (this.#entries.has(key)) await this.#drop(key);
  }

  /** Removes every entry that fits. */
  async release(fits: (entry: Quarantined) => boolean): Promise<void> {
    for (const [key, entry] of [...this.#entries]) if (fits(entry)) await this.#drop(key);
  }

  async #put(key: string, failure: Failure): Promise<void> {
    const known = this.#entries.get(key);
    // An entry keeps the position of its first failure.
    const entry: Quarantined = {
      ...failure,
      position: known?.position ?? failure.position,
      recordedAt: known?.recordedAt ?? failure.recordedAt,
      failures: (known?.failures ?? 0) + 1,
    };
    const fields = { model: failure.model, stream: failure.stream };
    const document: Document = { id: key, position: failure.position, fields, body: entry };
    await this.#write(key, (expected) => ({ kind: 'put', expected, document }));
    this.#version += 1;
    this.#entries.set(key, entry);
    this.#positions.set(key, failure.position);
  }

  async #drop(key: string): Promise<void> {
    const position = this.#positions.get(key) ?? '';
    await this.#write(key, (expected) => ({ kind: 'delete', expected, id: key, position }));
    this.#version += 1;
    this.#entries.delete(key);
  }

  async #write(key: string, write: (expected: string | null) => Write): Promise<void> {
    const [loaded] = await this.store.load(QUARANTINE, [key]);
    const state = loaded ?? { state: 'absent' };
    const expected =
      state.state === 'absent' ? null : state.state === 'present' ? state.document.position : state.position;
    const [done] = await this.store.write(QUARANTINE, [write(expected)]);
    if (!done) throw new Error(`quarantine of ${key}: another runner works on the same read models`);
  }
}

/** Returns the id of the quarantine entry of a failure. */
export function keyOf({ model, stream, documentId }: Pick<Failure, 'model' | 'stream' | 'documentId'>): string {
  return `${model}/${stream}/${documentId ?? ''}`;
}

/** A type check of one property is enough: only this module writes entries. */
function isQuarantined(value: unknown): value is Quarantined {
  return typeof value === 'object' && value !== null && 'model' in value && 'stream' in value;
}
