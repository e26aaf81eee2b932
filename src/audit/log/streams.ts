import { BEGINNING, type Chain, follows, linked, saidBy } from './chain.js';
import { entryName, type Finding } from './findings.js';
import type { Hash } from './merkle.js';
import type { StoredEntry } from './stored.js';

/** A stream up to one of its events. */
interface Stream {
  readonly chain: Chain;
  readonly revision: number;
}

const NOTHING: Stream = { chain: BEGINNING, revision: -1 };

/** Holds each event against what it says of itself and against the one before it in its stream. */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  /** Leaves of events that were taken out: the next ones of their streams still name them. */
  readonly #lost = new Set<string>();

  constructor(private readonly report: (finding: Finding) => void) {}

  /** Told each event, with the leaf that the next one of its stream must name. */
  check(entry: StoredEntry, leaf: Hash): void {
    const { stream, id, type, schemaVersion, revision } = entry;
    const said = saidBy(entry.body);
    const before = this.#streams.get(stream) ?? NOTHING;
    if (said.stream !== stream || said.id !== id || said.type !== type || said.schemaVersion !== schemaVersion) {
      this.report({ kind: 'misplaced', entry: entryName(entry) });
    }
    const isNext = follows(before.chain, said) && revision === before.revision + 1;
    if (!isNext && !this.#lost.has(String(said.previous))) {
      this.report({ kind: 'unchained', entry: entryName(entry) });
    }
    this.#streams.set(stream, { chain: linked(before.chain, said, leaf), revision });
  }

  /** Told an event that was put in: its stream may have been numbered anew behind it. */
  putIn({ stream, revision }: StoredEntry): void {
    const before = this.#streams.get(stream) ?? NOTHING;
    if (revision === before.revision + 1) this.#streams.set(stream, { ...before, revision });
  }

  /** Told the leaf of an event that was taken out, which is a finding of its own. */
  lose(leaf: Hash): void {
    this.#lost.add(leaf.toString('base64'));
  }
}
