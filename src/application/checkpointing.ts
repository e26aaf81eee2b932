import type { Logger } from 'pino';
import { type LogSigners, originOf, signedCheckpoint, witnessOf } from '../audit/log/checkpoint.js';
import { rootOf } from '../audit/log/merkle.js';
import { signerOf, verifierKey } from '../audit/log/note.js';
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

/** Signs the log within a second of an event, as long as it runs, and once more when it stops. */
export class Checkpointer {
  readonly #timer: NodeJS.Timeout;
  #signed = 0;

  constructor(
    private readonly events: EventLog,
    private readonly signers: LogSigners,
    private readonly log: Pick<Logger, 'error'>,
  ) {
    events.putPublicKeys({ log: verifierKey(signers.log), witness: verifierKey(signers.witness) });
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  #look(): void {
    try {
      const { tree } = this.events;
      if (tree.size === this.#signed || tree.size === 0) return;
      const checkpoint = { origin: this.signers.log.name, size: tree.size, root: rootOf(tree) };
      // When it was seen is told by this machine's clock, also where the plans live by another.
      this.events.putCheckpoint(tree.size, signedCheckpoint(checkpoint, this.signers, Math.floor(Date.now() / 1_000)));
      this.#signed = tree.size;
    } catch (error) {
      this.log.error({ err: error }, 'the log could not be signed, it will be tried again');
    }
  }
}
