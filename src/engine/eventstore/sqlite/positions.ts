import { type NativePosition, PositionBeyondHead, START } from '../port.js';

const SQLITE_DIGITS = 16;

/** Returns the position after a number of events: decimal, padded so that positions compare as text. */
export function toPosition(count: number): NativePosition {
  return count === 0 ? START : String(count).padStart(SQLITE_DIGITS, '0');
}

/** Returns true for the position of an event. */
export function isPosition(position: NativePosition): boolean {
  return /^\d{16}$/.test(position);
}

/**
 * Returns the number of events up to a position.
 *
 * @throws PositionBeyondHead for a text that is not a position of this engine.
 */
export function fromPosition(position: NativePosition): number {
  if (position === START) return 0;
  if (!isPosition(position)) {
    throw new PositionBeyondHead(`«${position}» is no position of this chronicle: read from the beginning`);
  }
  return Number(position);
}
