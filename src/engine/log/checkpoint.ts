import { FORMAT_NAME } from './formatName.js';
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

/** A state of a log to sign: its size and root. */
export interface Checkpoint {
  /** Permanent name of the log. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** A checkpoint with its signed note. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
}

/** The public keys of a log and its witness, each as `name+id+key`. */
export interface PublicKeys {
  readonly log: string;
  readonly witness: string;
}

/** The signers of a log: the log itself, and the witness that cosigns the time. */
export interface LogSigners {
  readonly log: NoteSigner;
  readonly witness: NoteSigner;
}

/** Trusted keys, and what was verified before. */
export interface Trust {
  readonly log: NoteVerifier;
  /** Undefined if no witness is trusted: then the times of checkpoints prove nothing. */
  readonly witness: NoteVerifier | undefined;
  /** The last checkpoint that a verification on this machine accepted. */
  readonly remembered: SignedCheckpoint | undefined;
  /** The anchor that is stored beside the event store; undefined if there is none. */
  readonly anchor?: SignedCheckpoint | undefined;
}

/** Returns the name of a chronicle's log. */
export function originOf(chronicleId: string): string {
  return `${FORMAT_NAME}/${chronicleId}`;
}

/** Returns the name of the log's witness. */
export function witnessOf(origin: string): string {
  return `${origin}/witness`;
}

/** Returns a checkpoint as a signed note (C2SP tlog-checkpoint), cosigned at this time in seconds since 1970. */
export function signedCheckpoint(checkpoint: Checkpoint, { log, witness }: LogSigners, seconds: number): string {
  const { origin, size, root } = checkpoint;
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  return noteOf(text, [signature(text, log), cosignature(text, witness, seconds)]);
}

/**
 * Parses a checkpoint without verifying its signature, see {@link isSignedBy}.
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

/** Returns true if the checkpoint is of the log with this key and has its signature. */
export function isSignedBy({ origin, note }: SignedCheckpoint, log: NoteVerifier): boolean {
  return origin === log.name && isSigned(note, log);
}
