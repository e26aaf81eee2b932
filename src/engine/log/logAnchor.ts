import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { FORMAT_NAME } from './formatName.js';
import { isObject } from './json.js';
import { MalformedNote } from './note.js';

/** The last signed state of a log, stored outside the event store. */
export interface LogAnchor {
  readonly checkpoint: SignedCheckpoint;
  /** The public key of the log at that time, as `name+id+key`. */
  readonly key: string;
}

/** Keeps one anchor, apart from the event store. */
export interface AnchorStore {
  /** Returns the text of the anchor; undefined when there is none. */
  read(): Promise<string | undefined>;
  /** Replaces the anchor as a whole. When it returns, the new one is durable. */
  put(text: string): Promise<void>;
}

/**
 * Returns the text of an anchor, sealed by a secret that a thief of the event store does not have.
 *
 * @param note the signed checkpoint.
 */
export function sealedAnchor(note: string, key: string, secret: Buffer): string {
  return `${JSON.stringify({ checkpoint: note, key, seal: sealOf(note, key, secret).toString('base64') })}\n`;
}

/**
 * Reads an anchor.
 *
 * @param secret checks the seal; undefined if it is not available.
 * @throws MalformedNote when the text is not an anchor, or was not sealed with this secret.
 */
export function readAnchor(text: string, secret?: Buffer): LogAnchor {
  const { checkpoint: note, key, seal } = anchorFields(text);
  if (typeof note !== 'string' || typeof key !== 'string' || typeof seal !== 'string') {
    throw new MalformedNote('this is no anchor of a log');
  }
  if (secret && !isSameSeal(Buffer.from(seal, 'base64'), sealOf(note, key, secret))) {
    throw new MalformedNote('this anchor was not sealed by the master key');
  }
  return { checkpoint: parseCheckpoint(note), key };
}

function anchorFields(text: string): {
  readonly checkpoint?: unknown;
  readonly key?: unknown;
  readonly seal?: unknown;
} {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function sealOf(note: string, key: string, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update(`${FORMAT_NAME} anchor/1\n${key}\n${note}`).digest();
}

function isSameSeal(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
