import type { Position } from '@eventstore/db-client';
import { EventStoreUnavailable, type NativePosition, PositionBeyondHead, START } from '../port.js';

/** Digits of the largest position of the server, an unsigned number of 64 bits. */
const DIGITS = 20;
/** What a server writes where it knows no position. */
const NONE = 2n ** 64n - 1n;

/** Commit and prepare, one after the other, each padded: such texts are ordered as the positions are. */
export function toNative({ commit, prepare }: Position): NativePosition {
  return String(commit).padStart(DIGITS, '0') + String(prepare).padStart(DIGITS, '0');
}

/**
 * The server's position.
 *
 * @throws PositionBeyondHead for a text that this engine never gave out.
 */
export function fromNative(position: NativePosition): Position | 'start' {
  if (position === START) return 'start';
  if (!isNative(position)) {
    throw new PositionBeyondHead(`«${position}» is no position of this chronicle: read from the beginning`);
  }
  return { commit: BigInt(position.slice(0, DIGITS)), prepare: BigInt(position.slice(DIGITS)) };
}

/** True for a text that may name an event. */
export function isNative(position: NativePosition): boolean {
  return /^\d{40}$/.test(position);
}

/**
 * The position of an event as it was read.
 *
 * @throws EventStoreUnavailable when the server tells none: those before 22.6 do not for events of a stream.
 */
export function positionOf({ position }: { readonly position?: Position | undefined }): NativePosition {
  if (position && position.commit !== NONE && position.prepare !== NONE) return toNative(position);
  throw new EventStoreUnavailable(
    'the event store tells no position for events of a stream: it is older than version 22.6; install KurrentDB or EventStoreDB 23.10 or later',
  );
}
