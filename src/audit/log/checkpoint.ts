import { HASH_BYTES, type Hash } from './merkle.js';
import {
  cosignature,
  isSigned,
  MalformedNote,
  type NoteSigner,
  type NoteVerifier,
  noteOf,
  parseNote,
  type SignedNote,
  signature,
} from './note.js';

/** The state of a log that was signed: so many entries, with this root. */
export interface Checkpoint {
  /** Names the log for ever. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** A checkpoint with the note that it stands in. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
}

/** The public keys of a log and its witness, each as `name+id+key`. */
export interface PublicKeys {
  readonly log: string;
  readonly witness: string;
}

/** The keys of a log: its own, and that of the witness who says when. */
export interface LogSigners {
  readonly log: NoteSigner;
  readonly witness: NoteSigner;
}

/** Whose signatures count, and what was trusted before. */
export interface Trust {
  readonly log: NoteVerifier;
  /** Undefined where nobody has told who it is: then the times of checkpoints stand for nothing. */
  readonly witness: NoteVerifier | undefined;
  /** The last checkpoint that a verification here was satisfied with. */
  readonly remembered: SignedCheckpoint | undefined;
  /** The anchor that is kept beside the event store, where there is one. */
  readonly anchor?: SignedCheckpoint | undefined;
}

/** The name of a chronicle's log. */
export function originOf(chronicleId: string): string {
  return `letopis/${chronicleId}`;
}

/** The name of the witness beside it. */
export function witnessOf(origin: string): string {
  return `${origin}/witness`;
}

/** A checkpoint as a signed note (C2SP tlog-checkpoint), cosigned at this second since 1970. */
export function signedCheckpoint(checkpoint: Checkpoint, { log, witness }: LogSigners, seconds: number): string {
  const { origin, size, root } = checkpoint;
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  return noteOf(text, [signature(text, log), cosignature(text, witness, seconds)]);
}

/**
 * Reads a checkpoint; whether it is signed is another question ({@link isSignedBy}).
 *
 * @throws MalformedNote
 */
export function parseCheckpoint(text: string): SignedCheckpoint {
  const note = parseNote(text);
  const [origin = '', size = '', root = ''] = note.text.split('\n');
  const hash = Buffer.from(root, 'base64');
  if (
    origin === '' ||
    !/^(0|[1-9]\d{0,15})$/.test(size) ||
    hash.length !== HASH_BYTES ||
    hash.toString('base64') !== root
  ) {
    throw new MalformedNote('this is no checkpoint: it names no log, size and root');
  }
  return { origin, size: Number(size), root: hash, note };
}

/** True when the checkpoint is of the log that this key is of, and bears its signature. */
export function isSignedBy({ origin, note }: SignedCheckpoint, log: NoteVerifier): boolean {
  return origin === log.name && isSigned(note, log);
}
