import { isSignedBy, type SignedCheckpoint } from './checkpoint.js';
import { isObject } from './json.js';
import { isSameKey, MalformedNote, type NoteVerifier, verifierFrom } from './note.js';

/** An event by which the log came to another key, at its position in the log. Keys are public ones, `name+id+key`. */
export interface Rotation {
  readonly position: number;
  readonly key: string;
  readonly previous: string;
}

/**
 * The keys that sign a log, as they followed one another. From the one that is trusted all earlier ones follow, since it
 * signed the events that name them; a later one does when a checkpoint by the key before it covers its event.
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

  /** True when one of the keys in force has signed the checkpoint. */
  accepts(checkpoint: SignedCheckpoint): boolean {
    return this.#trusted.some((key) => isSignedBy(checkpoint, key));
  }

  /** Told of a good checkpoint over so many entries: keys that came by them may sign from then on. */
  covers(size: number): void {
    for (const rotation of this.#coming.filter(({ position }) => position <= size)) {
      const before = verifierOf(rotation.previous);
      if (before && this.#has(before)) this.#trusted.push(rotation.verifier);
    }
    this.#coming = this.#coming.filter(({ verifier }) => !this.#has(verifier));
  }

  /** True when this key, in its text, is one of those. */
  includes(key: string): boolean {
    const verifier = verifierOf(key);
    return verifier !== undefined && this.#has(verifier);
  }

  #has({ name, publicKey }: NoteVerifier): boolean {
    return this.#trusted.some((key) => isSameKey(key, { name, publicKey }));
  }
}

/** The keys that the stored bytes of an event of the stream `log` name; undefined when they name none. */
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

/** The verifier behind a key in its text, if it is one: what stands in a file may be anything. */
export function verifierOf(key: string, read = verifierFrom): NoteVerifier | undefined {
  try {
    return read(key);
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}
