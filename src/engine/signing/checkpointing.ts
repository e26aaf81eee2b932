import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type NativePosition, START } from '../eventstore/port.js';
import { sealedAnchor } from '../log/logAnchor.js';
import { rootOf } from '../log/merkle.js';
import { verifierKey } from '../log/note.js';
import { operatorTerms } from '../operatorTerms.js';
import { OneByOne } from '../workers/oneByOne.js';
import { type Supervised, supervise, type WorkerObserver } from '../workers/supervisor.js';
import type { AcceptedLog } from './acceptance.js';
import { checkpointOver, outgoingKey, publicKeysOf, signLog } from './logKeys.js';
import { type LogStanding, logStanding, type RefusedLog, type StandingParts } from './logStanding.js';

/** Half of the maximum time between an event and the checkpoint over it, in milliseconds. */
const CHECKPOINT_INTERVAL_MS = 500;

/** Maximum time to wait for events to appear in the log, and interval between checks, in milliseconds. */
const LOG_HELD_MS = 30_000;
const HELD_LOOK_MS = 50;

/** Dependencies of {@link Checkpointer}. */
export interface CheckpointerParts extends StandingParts {
  /** Records a new signing key. Returns the position of the event. Idempotent. */
  readonly rotate: (key: string, previous: string) => Promise<NativePosition>;
  /** Records that an operator accepts the present log. Returns the position of the event. */
  readonly accept: (what: AcceptedLog, reason: string) => Promise<NativePosition>;
  /** Returns why the log is not signed, and what to do. */
  readonly problemText: (refused: RefusedLog) => string;
  readonly logger: Pick<Logger, 'error'>;
  readonly observer?: WorkerObserver;
  /** Returns true if this process signs now. One of several processes does. */
  readonly isMine: () => boolean;
}

/** The log cannot be accepted; the message says why. `standing`: the state of a log that must be restored. */
export class LogNotAcceptable extends Error {
  override readonly name = 'LogNotAcceptable';

  constructor(
    message: string,
    readonly standing?: RefusedLog,
  ) {
    super(message);
  }
}

/** Signs the log within a second after each event, and once more when it stops. */
export class Checkpointer {
  readonly #worker: Supervised;
  readonly #turns = new OneByOne();
  #isReady = false;
  #signed = 0;
  #told: string | undefined;
  #refused: RefusedLog | undefined;

  constructor(private readonly parts: CheckpointerParts) {
    const { isMine: isHeld, logger: log, observer } = parts;
    const sign = () => this.#turns.run(() => this.#signs());
    const worker = { name: 'checkpointer', every: CHECKPOINT_INTERVAL_MS, lease: { isHeld }, run: sign, last: sign };
    this.#worker = supervise(worker, { log, observer });
  }

  /** Signs once more, and stops. */
  stop(): Promise<void> {
    return this.#worker.stop();
  }

  /** Returns why this process last refused to sign the log; undefined if it did not, or another process signs. */
  get refused(): RefusedLog | undefined {
    return this.parts.isMine() ? this.#refused : undefined;
  }

  /** Compares the log with its anchor and its last checkpoint. */
  standing(): Promise<LogStanding> {
    return logStanding(this.parts);
  }

  /**
   * Accepts the present log: records the acceptance and writes a new anchor. The log is signed again from then on.
   *
   * @returns what was accepted.
   * @throws LogNotAcceptable when there is nothing to accept, or the log contradicts its own checkpoints.
   */
  accept(reason: string): Promise<AcceptedLog> {
    return this.#turns.run(() => this.#accepts(reason));
  }

  async #signs(): Promise<void> {
    const { log, keys } = this.parts;
    if (this.#isReady && (await log.tree()).size === this.#signed) return;
    if (this.#isReady && (await log.publicKeys())?.log !== verifierKey(keys.signers.log)) {
      this.#refuse(`another process signs the log with a newer key: give this one the same ${operatorTerms().logKey}`);
      return;
    }
    const standing = await this.standing();
    this.#refused = standing.kind === 'refused' ? standing : undefined;
    if (this.#refused) this.#refuse(this.parts.problemText(this.#refused));
    if (standing.kind !== 'whole') return;
    this.#told = undefined;
    this.#isReady = this.#isReady || (await this.#takesOver());
    if (!this.#isReady) return;
    this.#signed = (await signLog(log, keys.signers)) ?? this.#signed;
    await this.#anchor(standing.anchor.checkpoint.size);
  }

  /** Makes the configured key sign the log. Returns false if the log does not contain the rotation yet. */
  async #takesOver(): Promise<boolean> {
    const { log, keys, rotate } = this.parts;
    const { log: signer, witness } = keys.signers;
    const outgoing = await outgoingKey(log, keys);
    if (outgoing) {
      // The previous key signs the event that names the new key. After that it signs nothing.
      const position = await rotate(verifierKey(signer), verifierKey(outgoing));
      if ((await log.indexOf(position)) === undefined) return false;
      await signLog(log, { log: outgoing, witness });
    }
    await log.putPublicKeys(publicKeysOf(keys.signers));
    return true;
  }

  /**
   * Anchors the last checkpoint after it was stored. An anchor may be behind the checkpoints, but must not be ahead of
   * them.
   */
  async #anchor(anchored: number): Promise<void> {
    const { log, keys, anchors, secret } = this.parts;
    const note = await log.lastCheckpoint();
    if (note === undefined || this.#signed === anchored) return;
    await anchors.put(sealedAnchor(note, verifierKey(keys.signers.log), secret));
  }

  async #accepts(reason: string): Promise<AcceptedLog> {
    const { log, keys, anchors, secret, accept } = this.parts;
    const standing = await this.#built();
    if (standing.kind === 'whole') throw new LogNotAcceptable('the log matches its anchor: there is nothing to accept');
    if (!standing.isAcceptable) throw new LogNotAcceptable(this.parts.problemText(standing), standing);
    const { problem, anchor, tree } = standing;
    const what = {
      problem,
      accepted: { size: tree.size, root: rootOf(tree).toString('base64') },
      anchor: anchor ? { size: anchor.checkpoint.size, root: anchor.checkpoint.root.toString('base64') } : null,
    };
    await this.#held(await accept(what, reason));
    // The log may now contain more events than were accepted. This server has appended all of them.
    const named = await log.publicKeys();
    const own = publicKeysOf(keys.signers);
    // A log that was never signed has no key; one with an anchor must have the key of its anchor.
    if (!named) await log.putPublicKeys(own);
    const key = (named ?? own).log;
    await anchors.put(sealedAnchor(checkpointOver(await log.tree(), keys.signers), key, secret));
    this.#told = undefined;
    return what;
  }

  /** Returns the standing of a log that contains all events. @throws LogNotAcceptable on a timeout */
  #built(): Promise<Exclude<LogStanding, { kind: 'building' }>> {
    return lookUntil(async () => {
      const standing = await this.standing();
      return standing.kind === 'building' ? undefined : standing;
    }, 'the log is being built: try again in a moment');
  }

  /** Waits until the log contains an event. @throws LogNotAcceptable on a timeout */
  async #held(position: NativePosition): Promise<void> {
    const late = 'the log does not hold the acceptance yet: start a server, then accept it again';
    await lookUntil(() => this.parts.log.indexOf(position), late);
  }

  /** Logs a problem once, although every check finds it again. */
  #refuse(problem: string): void {
    if (this.#told !== problem) this.parts.logger.error(problem);
    this.#told = problem;
  }
}

/** Repeats `look` until it returns a value. @throws LogNotAcceptable with the message `late` on a timeout */
async function lookUntil<T>(look: () => Promise<T | undefined>, late: string): Promise<T> {
  for (const until = performance.now() + LOG_HELD_MS; ; await pause(HELD_LOOK_MS)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new LogNotAcceptable(late);
  }
}

/**
 * Anchors an empty chronicle before its first event, because a chronicle that has events but no anchor is suspicious.
 */
export async function anchorEmpty({ log, head, anchors, keys, secret }: StandingParts): Promise<void> {
  if ((await head()) !== START || (await anchors.read()) !== undefined) return;
  const tree = await log.tree();
  const isNew = tree.size === 0 && (await log.lastCheckpoint()) === undefined && (await log.publicKeys()) === undefined;
  if (isNew) {
    await anchors.put(sealedAnchor(checkpointOver(tree, keys.signers), verifierKey(keys.signers.log), secret));
  }
}
