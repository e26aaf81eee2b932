import { isSignedBy, type SignedCheckpoint } from './checkpoint.js';
import { isObject } from './json.js';
import { isSameVerifier, MalformedNote, type NoteVerifier, verifierFrom } from './note.js';

/** An event that rotated the key of the log, with its position. Keys are public keys, as `name+id+key`. */
export interface Rotation {
  readonly position: number;
  readonly key: string;
  readonly previous: string;
}

/**
 * The sequence of keys that sign a log. The trusted key confirms all earlier keys, because it signed the events that
 * name them. A later key becomes valid when a checkpoint signed with the key before it covers its event.
 */
export class KeyRing {
  readonly #trusted: NoteVerifier[];
  #coming: readonly (Rotation & { readonly verifier: NoteVerifier })[];

  constructor(trusted: NoteVerifier, rotations: Iterable<Rotation>) {
    this.#trusted = [trusted];
    const readable = [...rotations].flatMap((rotation) => {
      const [verifier, before] = [verifierOf(rotation.key), verifierOf(rotation.previous)];
      return verifier && before ? [{ ...rotation, verifier, before }] : [];
    });
    for (const { verifier, before } of readable.toReversed()) if (this.#has(verifier)) this.#trusted.push(before);
    this.#coming = readable.filter(({ verifier }) => !this.#has(verifier));
  }

  /** Returns true if one of the valid keys has signed the checkpoint. */
  accepts(checkpoint: SignedCheckpoint): boolean {
    return this.#trusted.some((key) => isSignedBy(checkpoint, key));
  }

  /** Handles a valid checkpoint of this size: keys that were introduced up to it become valid. */
  covers(size: number): void {
    for (const rotation of this.#coming.filter(({ position }) => position <= size)) {
      const before = verifierOf(rotation.previous);
      if (before && this.#has(before)) this.#trusted.push(rotation.verifier);
    }
    this.#coming = this.#coming.filter(({ verifier }) => !this.#has(verifier));
  }

  /** Returns true if this key, as text, is one of the valid keys. */
  includes(key: string): boolean {
    const verifier = verifierOf(key);
    return verifier !== undefined && this.#has(verifier);
  }

  #has({ name, publicKey }: NoteVerifier): boolean {
    return this.#trusted.some((key) => isSameVerifier(key, { name, publicKey }));
  }
}

/** Parses the keys in the stored bytes of an event of the stream `log`; undefined if it has none. */
export function rotationIn(body: string): Omit<Rotation, 'position'> | undefined {
  try {
    const said: unknown = JSON.parse(body);
    const { key, previous } = dataOf(said);
    return typeof key === 'string' && typeof previous === 'string' ? { key, previous } : undefined;
  } catch {
    return undefined;
  }
}

function dataOf(said: unknown): { readonly key?: unknown; readonly previous?: unknown } {
  const event = isObject(said) ? said.event : undefined;
  const data = isObject(event) ? event.data : undefined;
  return isObject(data) ? data : {};
}

/** Returns the verifier of a key as text; undefined if it is malformed, because files may contain anything. */
export function verifierOf(key: string, read = verifierFrom): NoteVerifier | undefined {
  try {
    return read(key);
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}
