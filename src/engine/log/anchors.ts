import { parseCheckpoint, type SignedCheckpoint, type Trust } from './checkpoint.js';
import type { Finding } from './findings.js';
import type { KeyRing } from './keyRing.js';
import { type Frontier, rootOf } from './merkle.js';
import { cosignedAt } from './note.js';
import type { StoredLog } from './stored.js';

/** A valid checkpoint, and when its witness cosigned it, in seconds since 1970, if known. */
export interface Anchor {
  readonly checkpoint: SignedCheckpoint;
  readonly seenAt: number | undefined;
}

/** Checks a growing tree against the checkpoints that were signed over it. */
export class Anchors {
  readonly #origin: string;
  readonly #waiting: Iterator<{ readonly size: number; readonly note: string }>;
  #next: { readonly size: number; readonly note: string } | undefined;
  #good = 0;
  /** Size of the last checkpoint with a valid signature. */
  #signedTo = 0;
  #isRewritten = false;
  /** First checkpoint that lacks the signature of the trusted witness, and the number of such checkpoints. */
  #unwitnessed: { readonly checkpoint: number; readonly count: number } | undefined;
  /** The last valid checkpoint before the first one that does not match these events. */
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

  /** Checks the tree after each entry. */
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
        // Every later root covers the changed events too: report only the narrowest range.
        this.#isRewritten = true;
        this.report({ kind: 'rewritten', after: this.#good, checkpoint: size });
      }
    }
  }

  /** Checks the whole tree. Returns true if a checkpoint was signed beyond it: then the end of the log was removed. */
  end(tree: Frontier): boolean {
    const { anchor } = this.trust;
    if (anchor && !this.keys.accepts(anchor)) this.report({ kind: 'anchorForged', anchor: anchor.size });
    const outside = Math.max(this.trust.remembered?.size ?? 0, anchor?.size ?? 0);
    let beyond = outside > tree.size ? outside : 0;
    for (; this.#next; this.#advance()) {
      const { size, note } = this.#next;
      if (this.#signed(size, note)) beyond = Math.max(beyond, size);
    }
    // Report it once, because a replaced witness affects every checkpoint.
    if (this.#unwitnessed) this.report({ kind: 'unwitnessed', ...this.#unwitnessed });
    if (beyond > 0) this.report({ kind: 'cut', size: tree.size, checkpoint: beyond });
    const remembered = this.trust.remembered?.size ?? 0;
    // Checkpoints are stored permanently. Without the last ones, others could be signed in their place. A copy of the
    // events alone has no checkpoints.
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
      // A checkpoint that cannot be read is not signed.
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
