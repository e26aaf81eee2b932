import { parseCheckpoint, type SignedCheckpoint, type Trust } from './checkpoint.js';
import type { Finding } from './findings.js';
import type { KeyRing } from './keyRing.js';
import { type Frontier, rootOf } from './merkle.js';
import { cosignedAt } from './note.js';
import type { StoredLog } from './stored.js';

/** A good checkpoint: what it anchors, and when its witness saw it, in seconds since 1970, if that is known. */
export interface Anchor {
  readonly checkpoint: SignedCheckpoint;
  readonly seenAt: number | undefined;
}

/** Holds a growing tree against the checkpoints that were signed over it. */
export class Anchors {
  readonly #origin: string;
  readonly #waiting: Iterator<{ readonly size: number; readonly note: string }>;
  #next: { readonly size: number; readonly note: string } | undefined;
  #good = 0;
  /** The size of the last checkpoint that one of the keys has signed. */
  #signedTo = 0;
  #isRewritten = false;
  /** Sizes that the log has signed and the witness has not. */
  #unwitnessed: { readonly checkpoint: number; readonly count: number } | undefined;
  /** The last good checkpoint before the first one that is not over these events. */
  last: Anchor | undefined;

  constructor(
    log: StoredLog,
    private readonly trust: Trust,
    private readonly keys: KeyRing,
    private readonly report: (finding: Finding) => void,
  ) {
    this.#waiting = log.checkpoints()[Symbol.iterator]();
    this.#origin = log.origin;
    this.#advance();
  }

  /** Told the tree after each entry. */
  check(tree: Frontier): void {
    const { remembered, anchor } = this.trust;
    if (anchor?.size === tree.size && !anchor.root.equals(rootOf(tree))) {
      this.report({ kind: 'notAnchored', anchor: anchor.size });
    }
    if (remembered?.size === tree.size && !remembered.root.equals(rootOf(tree))) {
      this.report({ kind: 'forked', remembered: remembered.size });
    }
    while (this.#next && this.#next.size <= tree.size) {
      const { size, note } = this.#next;
      this.#advance();
      const signed = this.#signed(size, note);
      if (!signed) continue;
      this.#signedTo = size;
      if (signed.checkpoint.root.equals(rootOf(tree))) {
        [this.#good, this.last] = [size, this.#isRewritten ? this.last : signed];
        if (!this.#isRewritten) this.keys.covers(size);
      } else if (!this.#isRewritten) {
        // Every later root covers what was changed: it is told once, by the narrowest range.
        this.#isRewritten = true;
        this.report({ kind: 'rewritten', after: this.#good, checkpoint: size });
      }
    }
  }

  /** Told the whole tree: what was signed beyond it was cut off. True when some was. */
  end(tree: Frontier): boolean {
    const { anchor } = this.trust;
    if (anchor && !this.keys.accepts(anchor)) this.report({ kind: 'anchorForged', anchor: anchor.size });
    const outside = Math.max(this.trust.remembered?.size ?? 0, anchor?.size ?? 0);
    let beyond = outside > tree.size ? outside : 0;
    for (; this.#next; this.#advance()) {
      const { size, note } = this.#next;
      if (this.#signed(size, note)) beyond = Math.max(beyond, size);
    }
    // Another witness is told once: it is on every checkpoint.
    if (this.#unwitnessed) this.report({ kind: 'unwitnessed', ...this.#unwitnessed });
    if (beyond > 0) this.report({ kind: 'cut', size: tree.size, checkpoint: beyond });
    const remembered = this.trust.remembered?.size ?? 0;
    // Checkpoints are kept for ever: whoever took the last ones away wants to sign others in their place. A copy of the events
    // alone has none.
    if (this.#signedTo > 0 && remembered > this.#signedTo && remembered <= tree.size) {
      this.report({ kind: 'unsigned', remembered, checkpoint: this.#signedTo });
    }
    return beyond > 0;
  }

  #signed(size: number, note: string): Anchor | undefined {
    try {
      const checkpoint = parseCheckpoint(note);
      const isOurs = checkpoint.origin === this.#origin && checkpoint.size === size;
      if (isOurs && this.keys.accepts(checkpoint)) return { checkpoint, seenAt: this.#seenAt(checkpoint) };
    } catch {
      // What cannot be read was not signed.
    }
    this.report({ kind: 'forged', checkpoint: size });
    return undefined;
  }

  #seenAt({ note, size }: SignedCheckpoint): number | undefined {
    const { witness } = this.trust;
    const seenAt = witness && cosignedAt(note, witness);
    if (witness && seenAt === undefined) {
      const { checkpoint, count } = this.#unwitnessed ?? { checkpoint: size, count: 0 };
      this.#unwitnessed = { checkpoint, count: count + 1 };
    }
    return seenAt;
  }

  #advance(): void {
    const { done, value } = this.#waiting.next();
    this.#next = done ? undefined : value;
  }
}
