import type { Logger } from 'pino';
import { parseCheckpoint } from '../audit/log/checkpoint.js';
import { rootAt } from '../audit/log/merkle.js';
import { verifierKey } from '../audit/log/note.js';
import { withTiles } from '../audit/log/tiles.js';
import type { EventLog, NativePosition } from '../eventstore/port.js';
import { type LogKeyring, outgoingKey, signLog } from './logKeys.js';

/** Half of the maximum time between an event and the checkpoint over it, in milliseconds. */
const LOOK_MS = 500;

/** What a checkpointer works with. */
export interface CheckpointerParts {
  readonly events: EventLog;
  readonly keys: LogKeyring;
  /** Records that the log comes to another key; the position of that event. Done again, it changes nothing. */
  readonly rotate: (key: string, previous: string) => Promise<NativePosition>;
  readonly log: Pick<Logger, 'error'>;
  /** Whether this process is to do it now, where there are several. */
  readonly isMine: () => boolean;
}

/** Signs the log within a second of an event, as long as it runs, and once more when it stops. */
export class Checkpointer {
  readonly #timer: NodeJS.Timeout;
  #isReady = false;
  #signed = 0;
  #told: string | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: CheckpointerParts) {
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
        this.parts.log.error({ err: error }, 'the log could not be signed, it will be tried again');
      });
  }

  async #signs(): Promise<void> {
    const { events, keys, isMine } = this.parts;
    if (!isMine()) return;
    this.#isReady = this.#isReady || (await this.#takesOver());
    if (!this.#isReady) return;
    // One that is shorter is being made again.
    if ((await events.tree()).size <= this.#signed) return;
    if ((await events.publicKeys())?.log !== verifierKey(keys.signers.log)) {
      this.#refuse('another process signs the log by a newer key: give this one the same LETOPIS_LOG_KEY');
      return;
    }
    this.#signed = (await signLog(events, keys.signers)) ?? this.#signed;
  }

  /** Whether the log goes on from what was signed last, and is signed by this key from now on. */
  async #takesOver(): Promise<boolean> {
    const { events, keys, rotate } = this.parts;
    const { log, witness } = keys.signers;
    if (!(await this.#goesOn())) return false;
    const outgoing = await outgoingKey(events, keys);
    if (outgoing) {
      // The key before says which one comes: it signs the event that names it, and nothing after.
      const position = await rotate(verifierKey(log), verifierKey(outgoing));
      if ((await events.indexOf(position)) === undefined) return false;
      await signLog(events, { log: outgoing, witness });
    }
    await events.putPublicKeys({ log: verifierKey(log), witness: verifierKey(witness) });
    return true;
  }

  /** Whether the log begins with what was signed last, so that no other history is ever signed after it. */
  async #goesOn(): Promise<boolean> {
    const { events } = this.parts;
    const note = await events.lastCheckpoint();
    if (note === undefined) return true;
    const last = parseCheckpoint(note);
    const { size } = await events.tree();
    if (size < last.size) return false;
    const root = await withTiles(
      size,
      (address) => events.hashes(address),
      (subtree) => rootAt(last.size, subtree),
    );
    if (root.equals(last.root)) return true;
    this.#refuse(
      `the first ${last.size} events are not those that were signed: nothing more is signed. Put the chronicle back from a backup that \`letopis verify\` finds whole`,
    );
    return false;
  }

  /** Logs a problem once, although every look finds it again. */
  #refuse(problem: string): void {
    if (this.#told !== problem) this.parts.log.error(problem);
    this.#told = problem;
  }
}
