import type { SignedCheckpoint } from './checkpoint.js';
import { HASH_BYTES, type Hash } from './merkle.js';
import { MalformedNote } from './note.js';

/** The path of the one call of the C2SP tlog-witness protocol. */
export const ADD_CHECKPOINT = '/add-checkpoint';

/** The content type of a response that contains the size known to the witness. */
export const SIZE_TYPE = 'text/x.tlog.size';

/** Maximum number of hashes in a proof (C2SP tlog-witness). */
const MAX_PROOF = 63;

/** A request to cosign a checkpoint, with the proof that its log begins with the last log that the witness cosigned. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  /** The signed note. */
  readonly note: string;
}

/** Returns the body of the request. */
export function addCheckpointBody({ oldSize, proof, note }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;
}

/**
 * Reads the body of the request.
 *
 * @throws MalformedNote
 */
export function readAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  const [old = '', ...hashes] = body.slice(0, Math.max(end, 0)).split('\n');
  const [, size] = /^old (0|[1-9]\d{0,15})$/.exec(old) ?? [];
  if (end < 0 || size === undefined || hashes.length > MAX_PROOF) {
    throw new MalformedNote('a request begins with «old SIZE», the hashes of the proof and an empty line');
  }
  return { oldSize: Number(size), proof: hashes.map(hashIn), note: body.slice(end + 2) };
}

function hashIn(text: string): Hash {
  const hash = Buffer.from(text, 'base64');
  if (hash.length !== HASH_BYTES || hash.toString('base64') !== text) throw new MalformedNote('this is no hash');
  return hash;
}

/** Returns the note of a checkpoint with further signature lines. Lines that it already has are not repeated. */
export function withSignatures({ note: { text } }: SignedCheckpoint, note: string, lines: readonly string[]): string {
  const signatures = note.slice(text.length + 1);
  return `${note}${lines.filter((line) => !signatures.includes(line)).join('')}`;
}
