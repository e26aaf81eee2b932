import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesFromBase64, isSameBytes } from './bytes';

/** Types of signatures in a signed note (C2SP signed-note). */
const ED25519 = 1;
const COSIGNATURE = 4;

const ID_BYTES = 4;
const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;
const HASH_BYTES = 32;

/** A public key of a log or a witness. */
export interface NoteKey {
  /** `name+id+key`, as tools write it. */
  readonly text: string;
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** A signed note (C2SP): the text with its last line break, and the signature lines below it. */
interface SignedNote {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A signed state of a log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Permanent name of the log. */
  readonly origin: string;
  /** Number of entries. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: SignedNote;
}

/**
 * State of a note relative to a key. `OTHER_LOG`: there is no signature with the name of the key. `OTHER_KEY`: another
 * key with that name has signed. `WRONG`: the signature names the key but does not belong to this text.
 */
export type SignatureState = 'SIGNED' | 'OTHER_LOG' | 'OTHER_KEY' | 'WRONG';

/** Parses `name+id+key`; undefined if the text is not a public key. */
export function parseKey(text: string): NoteKey | undefined {
  const [name = '', id = '', ...rest] = text.trim().split('+');
  // Base64 can contain plus signs.
  const bytes = bytesFromBase64(rest.join('+'));
  const kind = bytes?.[0];
  if (name === '' || bytes?.length !== 1 + HASH_BYTES || (kind !== ED25519 && kind !== COSIGNATURE)) return undefined;
  const publicKey = bytes.subarray(1);
  return bytesToHex(keyId(name, kind, publicKey)) === id ? { text: text.trim(), name, publicKey } : undefined;
}

/** Parses a signed note without verifying it; undefined if the text is not one. */
export function parseNote(note: string): SignedNote | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const signatures = [];
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [dash, name = '', encoded = '', ...rest] = line.split(' ');
    const bytes = bytesFromBase64(encoded);
    if (dash !== '—' || name === '' || !bytes?.length || rest.length > 0) return undefined;
    signatures.push({ name, bytes });
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** Parses a checkpoint without verifying it; undefined if the text is not one. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const note = parseNote(text);
  const [origin = '', size = '', encoded = ''] = note?.text.split('\n') ?? [];
  const root = bytesFromBase64(encoded);
  if (!note || origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || root?.length !== HASH_BYTES) return undefined;
  return { origin, size: Number(size), root, note };
}

/** Returns whether a key has signed a note. */
export function signatureState({ text, signatures }: SignedNote, { name, publicKey }: NoteKey): SignatureState {
  const id = keyId(name, ED25519, publicKey);
  const byName = signatures.filter((each) => each.name === name);
  const byKey = byName.filter(({ bytes }) => isSameBytes(bytes.subarray(0, ID_BYTES), id));
  if (byName.length === 0) return 'OTHER_LOG';
  if (byKey.length === 0) return 'OTHER_KEY';
  const message = utf8ToBytes(text);
  return byKey.some(({ bytes }) => isSignature(bytes.subarray(ID_BYTES), message, publicKey)) ? 'SIGNED' : 'WRONG';
}

/** Returns when a witness cosigned a note (C2SP tlog-cosignature), in seconds since 1970; undefined if it did not. */
export function cosignedAt({ text, signatures }: SignedNote, { name, publicKey }: NoteKey): number | undefined {
  const id = keyId(name, COSIGNATURE, publicKey);
  for (const { name: signer, bytes } of signatures) {
    if (signer !== name || bytes.length !== ID_BYTES + TIME_BYTES + SIGNATURE_BYTES) continue;
    if (!isSameBytes(bytes.subarray(0, ID_BYTES), id)) continue;
    const seconds = Number(new DataView(bytes.buffer, bytes.byteOffset + ID_BYTES).getBigUint64(0));
    const message = utf8ToBytes(`cosignature/v1\ntime ${seconds}\n${text}`);
    if (isSignature(bytes.subarray(ID_BYTES + TIME_BYTES), message, publicKey)) return seconds;
  }
  return undefined;
}

function isSignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    // The bytes are not a point of the curve.
    return false;
  }
}

function keyId(name: string, kind: number, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(kind), publicKey)).subarray(0, ID_BYTES);
}
