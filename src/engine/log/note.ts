import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Types of signatures in a signed note, as defined by C2SP. */
const ED25519 = 1;
const COSIGNATURE = 4;

/** DER prefixes of an Ed25519 public and private key (RFC 8410). */
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const SIGNATURE_BYTES = 64;
const ID_BYTES = 4;

/** The holder of a key: a name without spaces and plus signs, and an Ed25519 public key of 32 bytes. */
export interface NoteVerifier {
  readonly name: string;
  readonly publicKey: Buffer;
}

/** A name with its private key. */
export interface NoteSigner extends NoteVerifier {
  readonly privateKey: KeyObject;
}

/** A signed text: the text above the signatures, with its last line break, and the signatures by name. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** A text that is not a signed note (C2SP). */
export class MalformedNote extends Error {
  override readonly name = 'MalformedNote';
}

/** Returns a signer with a private key of 32 raw bytes. */
export function signerOf(name: string, key: Buffer): NoteSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PRIVATE_PREFIX, key]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);
  return { name, publicKey, privateKey };
}

/** Returns the public key in the format of tools for signed notes: `name+id+key`. */
export function verifierKey({ name, publicKey }: NoteVerifier): string {
  return `${name}+${keyId(name, ED25519, publicKey).toString('hex')}+${Buffer.concat([Buffer.from([ED25519]), publicKey]).toString('base64')}`;
}

/** The public key of a cosigner (C2SP tlog-cosignature), as `name+id+key`. */
export function cosignerKey({ name, publicKey }: NoteVerifier): string {
  return `${name}+${keyId(name, COSIGNATURE, publicKey).toString('hex')}+${Buffer.concat([Buffer.from([COSIGNATURE]), publicKey]).toString('base64')}`;
}

/**
 * Parses the public key of a log, `name+id+key`.
 *
 * @throws MalformedNote
 */
export function verifierFrom(text: string): NoteVerifier {
  return keyOfKind(text, [ED25519]);
}

/**
 * Parses the key of a cosigner, for which other programs use another type (C2SP tlog-cosignature).
 *
 * @throws MalformedNote
 */
export function witnessFrom(text: string): NoteVerifier {
  return keyOfKind(text, [ED25519, COSIGNATURE]);
}

function keyOfKind(text: string, kinds: readonly number[]): NoteVerifier {
  const [name = '', id = '', ...rest] = text.trim().split('+');
  // Base64 can contain plus signs.
  const bytes = Buffer.from(rest.join('+'), 'base64');
  const publicKey = bytes.subarray(1);
  const kind = bytes.length === 33 ? kinds.find((each) => each === bytes[0]) : undefined;
  if (kind === undefined || keyId(name, kind, publicKey).toString('hex') !== id)
    throw new MalformedNote('this is no public key of a log: it looks like name+c74f20a3+ARpc2Qc…');
  return { name, publicKey };
}

/** Returns true if both have the same name and key. */
export function isSameVerifier(one: NoteVerifier, other: NoteVerifier): boolean {
  return one.name === other.name && one.publicKey.equals(other.publicKey);
}

/** Returns the signature line for a text that ends with a line break. */
export function signature(text: string, { name, publicKey, privateKey }: NoteSigner): string {
  const signed = sign(null, Buffer.from(text), privateKey);
  return signatureLine(name, Buffer.concat([keyId(name, ED25519, publicKey), signed]));
}

/**
 * Returns the line of a cosignature (C2SP tlog-cosignature v1): the name of the witness, and when it saw the
 * checkpoint, in seconds since 1970.
 */
export function cosignature(text: string, { name, publicKey, privateKey }: NoteSigner, seconds: number): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signed = sign(null, cosigned(text, seconds), privateKey);
  return signatureLine(name, Buffer.concat([keyId(name, COSIGNATURE, publicKey), time, signed]));
}

/** Returns a note with its signatures, as it is stored and served. */
export function noteOf(text: string, signatures: readonly string[]): string {
  return `${text}\n${signatures.join('')}`;
}

/**
 * Parses a note without verifying anything.
 *
 * @throws MalformedNote
 */
export function parseNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new MalformedNote('this is no signed note: it has no signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map((each) => {
    const [, name, encoded] = /^— ([^ +]+) ([A-Za-z0-9+/]+={0,2})$/.exec(each) ?? [];
    if (name === undefined || encoded === undefined) throw new MalformedNote(`«${each.slice(0, 80)}» is no signature`);
    const bytes = Buffer.from(encoded, 'base64');
    // Another encoding of the same bytes would be an undetected change of the note.
    if (bytes.toString('base64') !== encoded) throw new MalformedNote(`«${encoded.slice(0, 80)}» is no base64`);
    return { name, bytes };
  });
  return { text: note.slice(0, end + 1), signatures };
}

/** Returns true if the note has a valid signature of this verifier. */
export function isSigned({ text, signatures }: SignedNote, { name, publicKey }: NoteVerifier): boolean {
  const id = keyId(name, ED25519, publicKey);
  return signatures.some(
    (each) =>
      each.name === name &&
      each.bytes.length === ID_BYTES + SIGNATURE_BYTES &&
      each.bytes.subarray(0, ID_BYTES).equals(id) &&
      verify(null, Buffer.from(text), keyObject(publicKey), each.bytes.subarray(ID_BYTES)),
  );
}

/** Returns when this witness cosigned the note, in seconds since 1970; undefined if it did not. */
export function cosignedAt({ text, signatures }: SignedNote, { name, publicKey }: NoteVerifier): number | undefined {
  const id = keyId(name, COSIGNATURE, publicKey);
  for (const each of signatures) {
    if (each.name !== name || each.bytes.length !== ID_BYTES + 8 + SIGNATURE_BYTES) continue;
    if (!each.bytes.subarray(0, ID_BYTES).equals(id)) continue;
    const seconds = Number(each.bytes.readBigUInt64BE(ID_BYTES));
    const bytes = each.bytes.subarray(ID_BYTES + 8);
    if (verify(null, cosigned(text, seconds), keyObject(publicKey), bytes)) return seconds;
  }
  return undefined;
}

function cosigned(text: string, seconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

function signatureLine(name: string, bytes: Buffer): string {
  return `— ${name} ${bytes.toString('base64')}\n`;
}

function keyId(name: string, kind: number, publicKey: Buffer): Buffer {
  const hash = createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([kind]))
    .update(publicKey);
  return hash.digest().subarray(0, ID_BYTES);
}

function keyObject(publicKey: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' });
}
