import { type Hash, NO_HASH } from './merkle.js';

/** What the bytes of an event say of it; whatever is not there is undefined. */
export interface Said {
  readonly stream: unknown;
  readonly id: unknown;
  readonly type: unknown;
  readonly schemaVersion: unknown;
  /** The leaf of the event before it in its stream, in base64; events from before there was a log do not say. */
  readonly previous: unknown;
}

/** The events of a stream up to one of them. */
export interface Chain {
  /** Of the last event. */
  readonly leaf: Hash;
  /** Whether an event has named the one before it: then all later ones do. */
  readonly isNamed: boolean;
}

/** The chain before the first event. */
export const BEGINNING: Chain = { leaf: NO_HASH, isNamed: false };

/** Reads what an event says of itself; bytes that are no event say nothing. */
export function saidBy(body: string): Said {
  const value = parsed(body);
  const event = member(value, 'event');
  return {
    stream: member(value, 'stream'),
    id: member(value, 'id'),
    type: member(event, 'type'),
    schemaVersion: member(value, 'schemaVersion'),
    previous: member(value, 'previous'),
  };
}

/** True when an event names the one that it comes after. */
export function follows({ leaf, isNamed }: Chain, { previous }: Said): boolean {
  return previous === undefined ? !isNamed : previous === leaf.toString('base64');
}

/** The chain with an event more. */
export function linked({ isNamed }: Chain, { previous }: Said, leaf: Hash): Chain {
  return { leaf, isNamed: isNamed || previous !== undefined };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
