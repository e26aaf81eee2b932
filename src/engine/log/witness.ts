import { type Checkpoint, isSignedBy, parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { isConsistent } from './merkle.js';
import { cosignature, MalformedNote, type NoteSigner, type NoteVerifier } from './note.js';
import { type AddCheckpoint, readAddCheckpoint, SIZE_TYPE } from './witnessProtocol.js';

/** The last checkpoint of each log that a witness has cosigned. */
export interface WitnessState {
  /** Returns the last cosigned checkpoint of a log; undefined if there is none. */
  last(origin: string): Omit<Checkpoint, 'origin'> | undefined;
  /**
   * Replaces the last checkpoint durably if its size is `oldSize` (0: there is none). Returns true if it was replaced.
   */
  replace(oldSize: number, checkpoint: Checkpoint): boolean;
}

/** Dependencies of a witness. */
export interface WitnessParts {
  /** The public keys of the logs that it watches. */
  readonly logs: readonly NoteVerifier[];
  readonly signer: NoteSigner;
  readonly state: WitnessState;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** An answer in the C2SP tlog-witness protocol. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';

/**
 * Returns the response to a request to cosign a checkpoint. It is cosigned if its log begins with the last cosigned
 * log.
 */
export function addCheckpoint(body: string, { logs, signer, state, now }: WitnessParts): WitnessAnswer {
  const read = requestIn(body);
  if (!read) return refusedAnswerOf(400, 'This is no request of C2SP tlog-witness.');
  const { oldSize, proof, checkpoint } = read;
  const { origin, size, root } = checkpoint;
  const keys = logs.filter(({ name }) => name === origin);
  if (keys.length === 0) return refusedAnswerOf(404, 'This witness does not watch that log.');
  if (!keys.some((key) => isSignedBy(checkpoint, key)))
    return refusedAnswerOf(403, 'The checkpoint is not signed by its log.');
  if (oldSize > size) return refusedAnswerOf(400, 'The old size is above that of the checkpoint.');
  const last = state.last(origin);
  if (oldSize !== (last?.size ?? 0)) return conflict(last?.size ?? 0);
  if (last && last.size === size && !last.root.equals(root)) return conflict(last.size);
  if (last ? !isConsistent(last, checkpoint, proof) : proof.length > 0) {
    return refusedAnswerOf(422, 'The log does not begin with the one that was cosigned before.');
  }
  // Compare and replace in one step, so that one of two concurrent requests is refused.
  if (!state.replace(oldSize, { origin, size, root })) return conflict(state.last(origin)?.size ?? 0);
  return { status: 200, type: TEXT, body: cosignature(checkpoint.note.text, signer, now()) };
}

function requestIn(body: string): (AddCheckpoint & { readonly checkpoint: SignedCheckpoint }) | undefined {
  try {
    const request = readAddCheckpoint(body);
    return { ...request, checkpoint: parseCheckpoint(request.note) };
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}

function refusedAnswerOf(status: WitnessAnswer['status'], message: string): WitnessAnswer {
  return { status, type: TEXT, body: `${message}\n` };
}

function conflict(size: number): WitnessAnswer {
  return { status: 409, type: SIZE_TYPE, body: `${size}\n` };
}
