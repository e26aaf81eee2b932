import type { NativePosition } from '../../eventstore/port.js';
import type { CollectionSpec, Document, ReadStore, Write } from '../../readstore/port.js';
import { ALL_MODELS } from './batch.js';
import type { Failure, Outcome } from './projection.js';

/** Where failures are kept, so that a restart does not forget them. */
export const QUARANTINE: CollectionSpec = {
  name: 'quarantine',
  version: 2,
  fields: { model: 'text', stream: 'text' },
  indexes: [['model']],
};

/** Most failures that are kept one by one; beyond them a model is better built anew. */
const MAX_ENTRIES = 100_000;

/** A document that is behind its plan, and how often it failed since. */
export interface Quarantined extends Failure {
  readonly failures: number;
}

/** How far the documents of some models may be behind. */
export interface Staleness {
  readonly model: string;
  readonly documents: number;
  /** The first event that one of them lacks. */
  readonly since: NativePosition;
  readonly sinceAt: string;
}

/** The documents whose views threw, kept in the read store and mirrored here. */
export class Quarantine {
  readonly #entries = new Map<string, Quarantined>();
  readonly #positions = new Map<string, NativePosition>();
  #version = 0;

  constructor(private readonly store: ReadStore) {}

  get entries(): readonly Quarantined[] {
    return [...this.#entries.values()];
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts the times that something may have come to it or left it. */
  get version(): number {
    return this.#version;
  }

  /** Reads what is there in place of what is known. */
  async load(): Promise<void> {
    const { documents } = await this.store.find(QUARANTINE, { filter: [], order: [], limit: MAX_ENTRIES });
    if (this.#entries.size > 0 || documents.length > 0) this.#version += 1;
    this.#entries.clear();
    this.#positions.clear();
    for (const document of documents) {
      const { body } = document;
      if (isQuarantined(body)) this.#entries.set(document.id, body);
      this.#positions.set(document.id, document.position);
    }
  }

  /** True when the events of a plan could not be folded. */
  isBroken(stream: string): boolean {
    return this.#entries.size > 0 && this.#entries.has(keyOf({ model: ALL_MODELS, stream, documentId: null }));
  }

  /** When the document began to be behind; null when it is not. */
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

  /** What is behind in these models, a model each. */
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

  /** Keeps what failed and lets go of what was written; durable before the checkpoint passes. */
  async settle(outcomes: readonly (Outcome & { readonly model: string })[]): Promise<void> {
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

  /** Lets go of every entry that fits. */
  async release(fits: (entry: Quarantined) => boolean): Promise<void> {
    for (const [key, entry] of [...this.#entries]) if (fits(entry)) await this.#drop(key);
  }

  async #put(key: string, failure: Failure): Promise<void> {
    const known = this.#entries.get(key);
    // What it lacks, it lacks since the first failure.
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

export function keyOf({ model, stream, documentId }: Pick<Failure, 'model' | 'stream' | 'documentId'>): string {
  return `${model}/${stream}/${documentId ?? ''}`;
}

/** Entries are written by this code alone. */
function isQuarantined(value: unknown): value is Quarantined {
  return typeof value === 'object' && value !== null && 'model' in value && 'stream' in value;
}
