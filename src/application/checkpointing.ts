import type { Logger } from 'pino';
import { type LogSigners, originOf, parseCheckpoint, signedCheckpoint, witnessOf } from '../audit/log/checkpoint.js';
import { rootAt, rootOf } from '../audit/log/merkle.js';
import { signerOf, verifierKey } from '../audit/log/note.js';
import { withTiles } from '../audit/log/tiles.js';
import type { EventLog } from '../eventstore/port.js';
import type { Vault } from '../vault/vault.js';

/** Half of what may pass between an event and the checkpoint over it, in milliseconds. */
const LOOK_MS = 500;

/** The keys that sign the log of a chronicle, made of the secret that its other keys are made of. */
export function logSigners(chronicleId: string, vault: Pick<Vault, 'secretFor'>): LogSigners {
  const origin = originOf(chronicleId);
  return {
    log: signerOf(origin, vault.secretFor('log')),
    witness: signerOf(witnessOf(origin), vault.secretFor('log witness')),
  };
}

/**
 * Signs the log within a second of an event, as long as it runs, and once more when it stops. Where there are several
 * processes one of them does it: `isMine` says whether it is this one.
 */
export class Checkpointer {
  readonly #timer: NodeJS.Timeout;
  #isKeyKept = false;
  #isRefused = false;
  #signed = 0;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly events: EventLog,
    private readonly signers: LogSigners,
    private readonly log: Pick<Logger, 'error'>,
    private readonly isMine: () => boolean = () => true,
  ) {
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#look();
    await this.#looking;
  }

  /** One look after another: a slow store gets no second question before it has answered the first. */
  #look(): void {
    this.#looking = this.#looking
      .then(() => this.#signs())
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'the log could not be signed, it will be tried again');
      });
  }

  async #signs(): Promise<void> {
    if (!this.isMine()) return;
    const { log, witness } = this.signers;
    if (!this.#isKeyKept) {
      await this.events.putPublicKeys({ log: verifierKey(log), witness: verifierKey(witness) });
      this.#isKeyKept = true;
    }
    const tree = await this.events.tree();
    // One that is shorter is being made again.
    if (tree.size <= this.#signed || tree.size === 0) return;
    if (this.#signed === 0 && !(await this.#goesOn(tree.size))) return;
    const checkpoint = { origin: log.name, size: tree.size, root: rootOf(tree) };
    // When it was seen is told by this machine's clock, also where the plans live by another.
    const note = signedCheckpoint(checkpoint, this.signers, Math.floor(Date.now() / 1_000));
    await this.events.putCheckpoint(tree.size, note);
    this.#signed = tree.size;
  }

  /** Whether the log begins with what was signed last, so that no other history is ever signed after it. */
  async #goesOn(size: number): Promise<boolean> {
    const note = await this.events.lastCheckpoint();
    if (note === undefined) return true;
    const last = parseCheckpoint(note);
    if (size < last.size) return false;
    const root = await withTiles(
      size,
      (address) => this.events.hashes(address),
      (subtree) => rootAt(last.size, subtree),
    );
    if (root.equals(last.root)) return true;
    if (!this.#isRefused) {
      const problem = `the first ${last.size} events are not those that were signed: nothing more is signed. Put the chronicle back from a backup that \`letopis verify\` finds whole`;
      this.log.error(problem);
    }
    this.#isRefused = true;
    return false;
  }
}
