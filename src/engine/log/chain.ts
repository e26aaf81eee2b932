import { type Hash, NO_HASH } from './merkle.js';

/** Values that an event's bytes contain; undefined if missing. */
export interface EventValues {
  readonly stream: unknown;
  readonly id: unknown;
  readonly type: unknown;
  readonly schemaVersion: unknown;
  /** Leaf hash of the event before it in the stream, in base64; missing in events recorded before the log existed. */
  readonly previous: unknown;
}

/** The state of a stream's chain after one of its events. */
export interface Chain {
  /** Leaf hash of the last event. */
  readonly leaf: Hash;
  /** True if an event has referred to the one before it: then all later ones must. */
  readonly isNamed: boolean;
}

/** The chain before the first event. */
export const BEGINNING: Chain = { leaf: NO_HASH, isNamed: false };

/** Parses the values in an event's bytes. Bytes that are not an event contain none. */
export function valuesInEvent(body: string): EventValues {
  const value = parsedOrUndefined(body);
  const event = stringMember(value, 'event');
  return {
    stream: stringMember(value, 'stream'),
    id: stringMember(value, 'id'),
    type: stringMember(event, 'type'),
    schemaVersion: stringMember(value, 'schemaVersion'),
    previous: stringMember(value, 'previous'),
  };
}

/** Returns true if the event refers to the last event of the chain. */
export function continuesChain({ leaf, isNamed }: Chain, { previous }: EventValues): boolean {
  return previous === undefined ? !isNamed : previous === leaf.toString('base64');
}

/** Returns the chain with one more event. */
export function linked({ isNamed }: Chain, { previous }: EventValues, leaf: Hash): Chain {
  return { leaf, isNamed: isNamed || previous !== undefined };
}

function parsedOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function stringMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
