import { BEGINNING, type Chain, continuesChain, linked, valuesInEvent } from './chain.js';
import { entryName, type Finding } from './findings.js';
import type { Hash } from './merkle.js';
import type { StoredEntry } from './stored.js';

/** The state of a stream up to one of its events. */
interface Stream {
  readonly chain: Chain;
  readonly revision: number;
}

const EMPTY_STREAM: Stream = { chain: BEGINNING, revision: -1 };

/** Checks each event against its own bytes and against the event before it in its stream. */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  /** Leaf hashes of removed events: the next events of their streams still refer to them. */
  readonly #lost = new Set<string>();

  constructor(private readonly report: (finding: Finding) => void) {}

  /** Checks an event. `leaf` is the hash that the next event of its stream must refer to. */
  check(entry: StoredEntry, leaf: Hash): void {
    const { stream, id, type, schemaVersion, revision } = entry;
    const values = valuesInEvent(entry.body);
    const before = this.#streams.get(stream) ?? EMPTY_STREAM;
    if (
      values.stream !== stream ||
      values.id !== id ||
      values.type !== type ||
      values.schemaVersion !== schemaVersion
    ) {
      this.report({ kind: 'misplaced', entry: entryName(entry) });
    }
    const isNext = continuesChain(before.chain, values) && revision === before.revision + 1;
    if (!isNext && !this.#lost.has(String(values.previous))) {
      this.report({ kind: 'unchained', entry: entryName(entry) });
    }
    this.#streams.set(stream, { chain: linked(before.chain, values, leaf), revision });
  }

  /** Handles an inserted event: its stream may have been renumbered after it. */
  putIn({ stream, revision }: StoredEntry): void {
    const before = this.#streams.get(stream) ?? EMPTY_STREAM;
    if (revision === before.revision + 1) this.#streams.set(stream, { ...before, revision });
  }

  /** Handles the leaf hash of a removed event, which is reported separately. */
  lose(leaf: Hash): void {
    this.#lost.add(leaf.toString('base64'));
  }
}
