import type { Logger } from 'pino';
import type { EventLog } from '../eventstore/port.js';
import { parseCheckpoint, type SignedCheckpoint } from '../log/checkpoint.js';
import { consistencyProof } from '../log/merkle.js';
import { cosignedAt, MalformedNote, type NoteVerifier, parseNote } from '../log/note.js';
import { withTiles } from '../log/tiles.js';
import { addCheckpointBody, withSignatures } from '../log/witnessProtocol.js';
import { type Supervised, supervise, type WorkerObserver } from '../workers/supervisor.js';

/** Interval in milliseconds at which the last checkpoint is read. */
const COSIGNING_INTERVAL_MS = 500;

/** Pauses after a failure of a witness, in milliseconds: the first one is doubled each time, up to the longest. */
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

/** A witness outside of this server. */
export interface OutsideWitness {
  readonly key: NoteVerifier;
  /** Sends a request and returns the answer. @throws when it cannot be reached in time. */
  readonly ask: (body: string) => Promise<{ readonly status: number; readonly body: string }>;
}

/**
 * Why a witness did not cosign. `UNREACHABLE`: it cannot be reached or does not use the protocol. `NOT_WATCHED`: it
 * does not watch this log, or knows another key of it. `FORKED`: it has cosigned another history of this log, or a
 * longer one.
 */
export type WitnessProblem = 'UNREACHABLE' | 'NOT_WATCHED' | 'FORKED';

/** State of a witness with regard to the last checkpoint. */
export interface CosigningState {
  readonly name: string;
  /** When it cosigned the last checkpoint, in seconds since 1970; null when it did not. */
  readonly cosignedAt: number | null;
  /** Why the witness has not cosigned, if this process knows the reason. */
  readonly problem: WitnessProblem | null;
}

/** The last checkpoint with its cosignatures. */
export interface Cosigned {
  readonly size: number;
  readonly quorum: number;
  readonly isWitnessed: boolean;
  readonly witnesses: readonly CosigningState[];
}

/** Dependencies of {@link Cosigning}. */
export interface CosigningParts {
  readonly log: EventLog;
  readonly witnesses: readonly OutsideWitness[];
  /** Number of cosignatures with which a checkpoint counts as witnessed. */
  readonly quorum: number;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  /** Returns true if this process requests cosignatures now. One of several processes does. */
  readonly isMine: () => boolean;
  readonly observer?: WorkerObserver;
}

interface AskedWitness {
  /** The size that the witness is believed to have cosigned last. */
  size: number;
  failures: number;
  notBefore: number;
  problem: WitnessProblem | null;
}

/** Requests cosignatures of each new checkpoint from outside witnesses, and stores them with it. */
export class Cosigning {
  readonly #worker: Supervised;
  readonly #asked = new Map<OutsideWitness, AskedWitness>();

  constructor(private readonly parts: CosigningParts) {
    for (const witness of parts.witnesses) {
      this.#asked.set(witness, { size: 0, failures: 0, notBefore: 0, problem: null });
    }
    const { isMine: isHeld, logger: log, observer } = parts;
    const worker = { name: 'cosigning', every: COSIGNING_INTERVAL_MS, lease: { isHeld }, run: () => this.#cosign() };
    this.#worker = supervise(worker, { log, observer });
  }

  /** Stops, and waits for the responses to requests that were sent. Each has a deadline. */
  stop(): Promise<void> {
    return this.#worker.stop();
  }

  /** Returns the cosignatures of the last checkpoint; undefined before the first checkpoint. */
  async standing(): Promise<Cosigned | undefined> {
    const { log, quorum } = this.parts;
    const note = await log.lastCheckpoint();
    if (note === undefined) return undefined;
    const { size, note: signed } = parseCheckpoint(note);
    const witnesses = [...this.#asked].map(([{ key }, { problem }]) => {
      const seenAt = cosignedAt(signed, key) ?? null;
      return { name: key.name, cosignedAt: seenAt, problem: seenAt === null ? problem : null };
    });
    const count = witnesses.filter((each) => each.cosignedAt !== null).length;
    return { size, quorum, isWitnessed: count >= quorum, witnesses };
  }

  async #cosign(): Promise<void> {
    const { log } = this.parts;
    const note = await log.lastCheckpoint();
    if (note === undefined) return;
    const checkpoint = parseCheckpoint(note);
    const due = [...this.#asked].filter(
      ([{ key }, { notBefore }]) => notBefore <= performance.now() && cosignedAt(checkpoint.note, key) === undefined,
    );
    if (due.length === 0) return;
    const lines = await Promise.all(due.map(([witness, asked]) => this.#ask(witness, asked, checkpoint, note)));
    const gained = lines.flat();
    if (gained.length > 0) await log.putCosigned(checkpoint.size, withSignatures(checkpoint, note, gained));
  }

  /** Returns the cosignature lines of a witness; an empty list if it refused or could not be reached. */
  async #ask(
    witness: OutsideWitness,
    asked: AskedWitness,
    checkpoint: SignedCheckpoint,
    note: string,
  ): Promise<readonly string[]> {
    const answer = await this.#answer(witness, asked, checkpoint, note).catch(() => 'UNREACHABLE' as const);
    if (typeof answer !== 'string') {
      [asked.size, asked.failures, asked.problem] = [checkpoint.size, 0, null];
      return answer;
    }
    if (asked.problem !== answer) this.parts.logger.error(problemText(witness.key.name, answer));
    asked.problem = answer;
    asked.notBefore = performance.now() + Math.min(PAUSE_MS * 2 ** asked.failures, LONGEST_PAUSE_MS);
    asked.failures += 1;
    return [];
  }

  async #answer(
    { key, ask }: OutsideWitness,
    asked: AskedWitness,
    checkpoint: SignedCheckpoint,
    note: string,
  ): Promise<readonly string[] | WitnessProblem> {
    const { size } = checkpoint;
    const first = await ask(await this.#request(Math.min(asked.size, size), size, note));
    const known = first.status === 409 ? cosignedSize(first.body) : undefined;
    // After a restart this process does not know the size that a witness has seen. The response contains it. Then
    // request again.
    const isElsewhere = known !== undefined && known !== asked.size && known <= size;
    if (known !== undefined && known > size) return 'FORKED';
    const { status, body } = isElsewhere ? await ask(await this.#request(known, size, note)) : first;
    switch (status) {
      case 200:
        return linesBy(key, checkpoint, body);
      case 403:
      case 404:
        return 'NOT_WATCHED';
      case 409:
      case 422:
        return 'FORKED';
      default:
        return 'UNREACHABLE';
    }
  }

  async #request(oldSize: number, size: number, note: string): Promise<string> {
    const proof = await withTiles(
      size,
      (address) => this.parts.log.hashes(address),
      (subtree) => consistencyProof(oldSize, size, subtree),
    );
    return addCheckpointBody({ oldSize, proof, note });
  }
}

function cosignedSize(body: string): number | undefined {
  const [, size] = /^(0|[1-9]\d{0,15})\n$/.exec(body) ?? [];
  return size === undefined ? undefined : Number(size);
}

/** Returns the valid cosignatures of this witness in a response. @throws MalformedNote when there are none. */
function linesBy(key: NoteVerifier, { note: { text } }: SignedCheckpoint, body: string): readonly string[] {
  const lines = body.split(/(?<=\n)/).filter((line) => {
    try {
      return cosignedAt(parseNote(`${text}\n${line}`), key) !== undefined;
    } catch (error) {
      if (error instanceof MalformedNote) return false;
      throw error;
    }
  });
  const [line] = lines;
  if (line === undefined) throw new MalformedNote('the witness has sent no cosignature of its own');
  return [line];
}

function problemText(name: string, problem: WitnessProblem): string {
  switch (problem) {
    case 'UNREACHABLE':
      return `the witness ${name} cannot be reached or does not answer as a witness does: it will be tried again`;
    case 'NOT_WATCHED':
      return `the witness ${name} does not watch this log, or knows another key of it: give its keeper the key of the log (system { logKey })`;
    case 'FORKED':
      return `the witness ${name} has cosigned ANOTHER HISTORY of this log, or a longer one: this one was rewritten or put back. Stop, and look which of them is right`;
  }
}
