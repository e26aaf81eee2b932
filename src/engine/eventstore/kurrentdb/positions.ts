import type { Position } from '@eventstore/db-client';
import { EventStoreUnavailable, type NativePosition, PositionBeyondHead, START } from '../port.js';

/** Digits of the largest position of the server, an unsigned 64-bit number. */
const KURRENTDB_DIGITS = 20;
/** Value that a server sends for an unknown position. */
const NO_POSITION = 2n ** 64n - 1n;

/**
 * Returns the commit and prepare positions, each padded, as one text. Such texts sort in the order of the positions.
 */
export function toNative({ commit, prepare }: Position): NativePosition {
  return String(commit).padStart(KURRENTDB_DIGITS, '0') + String(prepare).padStart(KURRENTDB_DIGITS, '0');
}

/**
 * Returns the server's position for a native position.
 *
 * @throws PositionBeyondHead for a text that is not a position of this engine.
 */
export function fromNative(position: NativePosition): Position | 'start' {
  if (position === START) return 'start';
  if (!isNative(position)) {
    throw new PositionBeyondHead(`«${position}» is no position of this chronicle: read from the beginning`);
  }
  return { commit: BigInt(position.slice(0, KURRENTDB_DIGITS)), prepare: BigInt(position.slice(KURRENTDB_DIGITS)) };
}

/** Returns true for a text that may be the position of an event. */
export function isNative(position: NativePosition): boolean {
  return /^\d{40}$/.test(position);
}

/**
 * Returns the position of an event that was read.
 *
 * @throws EventStoreUnavailable if the server sent no position, as versions before 22.6 do for events of a stream.
 */
export function kurrentPosition({ position }: { readonly position?: Position | undefined }): NativePosition {
  if (position && position.commit !== NO_POSITION && position.prepare !== NO_POSITION) return toNative(position);
  throw new EventStoreUnavailable(
    'the event store returns no positions for events of a stream: it is older than version 22.6; install KurrentDB or EventStoreDB 23.10 or later',
  );
}
