import { DeadlineExceeded, withTimeout } from '../storage/deadline.js';
import { type EventStore, EventStoreUnavailable, type NativePosition, START } from './port.js';

/** A token that is malformed, belongs to another chronicle, or lies beyond the head. */
export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
  constructor(
    readonly problem: 'MALFORMED' | 'OTHER_CHRONICLE' | 'BEYOND_HEAD',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Returns the opaque token of a position for clients. The token contains the id of the event at that position: it
 * detects that the chronicle was restored from an older copy and another event has the position now.
 */
export function positionToken(store: EventStore, native: NativePosition, eventId = ''): string {
  return Buffer.from(JSON.stringify([1, store.chronicleId, store.engine, native, eventId])).toString('base64url');
}

/**
 * Returns the native position of a token.
 *
 * @throws InvalidPosition for a token that is malformed, of another chronicle, or beyond the head.
 */
export async function nativePosition(store: EventStore, token: string): Promise<NativePosition> {
  const parts = tokenParts(token);
  if (!parts) throw new InvalidPosition('MALFORMED', 'this is not a position: use one that this server returned');
  if (parts.chronicle !== store.chronicleId) throw ofAnother();
  const { engine, native, eventId } = parts;
  if (native === START) return START;
  const isOurs = engine === store.engine && native <= (await store.head());
  if (isOurs && (eventId === '' || (await store.eventAt(native))?.id === eventId)) return native;
  // The token may come from another engine, from which the chronicle was copied.
  const moved = eventId === '' ? undefined : await store.eventOf(eventId, { engine, position: native });
  if (moved) return moved.position;
  if (engine !== store.engine) throw ofAnother();
  if (!isOurs) throw new InvalidPosition('BEYOND_HEAD', 'the chronicle has not reached this position');
  throw new InvalidPosition(
    'OTHER_CHRONICLE',
    'another event stands at this position: the chronicle was restored from an older copy; read from the beginning',
  );
}

/** Timeout in milliseconds for the check of a position that the read models have passed. */
const POSITION_CHECK_MS = 1_000;

/**
 * Returns the native position of a token. A position that the read models have passed is known, so it does not wait for
 * a store that does not answer.
 *
 * @param passed the position that the read models have reached.
 * @throws InvalidPosition as {@link nativePosition}, EventStoreUnavailable
 */
export async function knownPosition(store: EventStore, token: string, passed: NativePosition): Promise<NativePosition> {
  const parts = tokenParts(token);
  const isPassed = parts?.chronicle === store.chronicleId && parts.engine === store.engine && parts.native <= passed;
  if (!isPassed) return nativePosition(store, token);
  if (store.known().awaySince !== undefined) return parts.native;
  try {
    return await withTimeout(POSITION_CHECK_MS, nativePosition(store, token));
  } catch (error) {
    if (error instanceof DeadlineExceeded || error instanceof EventStoreUnavailable) return parts.native;
    throw error;
  }
}

function ofAnother(): InvalidPosition {
  return new InvalidPosition('OTHER_CHRONICLE', 'this position belongs to another chronicle: read from the beginning');
}

function tokenParts(token: string) {
  if (token.length > 1_000) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (!Array.isArray(value) || value[0] !== 1) return undefined;
    const [, chronicle, engine, native, eventId = ''] = value.map(String);
    if (chronicle === undefined || engine === undefined || native === undefined) return undefined;
    return native === START || /^\d+$/.test(native) ? { chronicle, engine, native, eventId } : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the token of a position, with the id of the event at that position. */
export async function positionTokenAt(store: EventStore, native: NativePosition): Promise<string> {
  return positionToken(store, native, (await store.eventAt(native))?.id);
}
