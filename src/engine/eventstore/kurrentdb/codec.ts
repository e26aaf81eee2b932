import type { EventData, JSONType, Position } from '@eventstore/db-client';
import { v5 as uuidv5 } from 'uuid';
import { operatorTerms } from '../../operatorTerms.js';
import { EventStoreUnavailable, InvalidAppend, type NewEvent, type StoredEvent } from '../port.js';
import { kurrentPosition } from './positions.js';

/** Namespace for the UUIDs of events on the server. */
const IDS = '0f0d9b0e-4d0b-5b0a-9a51-0d6f1f7c3e55';

/** Metadata that is stored with the JSON of an event. */
interface Metadata {
  readonly schemaVersion: number;
  /** Id of the event, if it differs from its id on the server. */
  readonly id?: string;
  /** Original body, if parsing and serializing its JSON would change the text. */
  readonly body?: string;
}

/** An event as the client returns it. */
export interface ReadEvent {
  readonly id: string;
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: Position | undefined;
}

/**
 * Names of a chronicle's streams on a server that may hold others: `NAME.STREAM` for its events, `NAME:…` for the
 * metadata of the adapter.
 */
export interface Namespace {
  readonly prefix: string;
  readonly name: (stream: string) => string;
  readonly own: (what: OwnStream) => string;
  /** Returns true for the name of a stream of this chronicle. */
  readonly has: (name: string) => boolean;
  /** Returns the stream with a name on the server. A stream of the adapter is returned by its name. */
  readonly streamOf: (name: string) => string;
}

const OWN_STREAMS = ['chronicle', 'kinds', 'moved'] as const;
/** A stream of the adapter. */
export type OwnStream = (typeof OWN_STREAMS)[number];

/** Type of the events that hold the metadata of a stream, in the stream `$$NAME`. */
export const METADATA = '$metadata';
/** Type of the event that ends a tombstoned stream. */
export const TOMBSTONE = '$streamDeleted';

/** Returns true for an event that the server itself writes into a stream of a user. */
export function isOfServer({ type }: Pick<ReadEvent, 'type'>): boolean {
  return type.startsWith('$');
}

/** Returns the namespace with a name. */
export function namespaceOf(name: string): Namespace {
  const prefix = `${name}.`;
  const own = (what: OwnStream) => `${name}:${what}`;
  const owned = new Set(OWN_STREAMS.map(own));
  return {
    prefix,
    name: (stream) => prefix + stream,
    own,
    has: (stream) => stream.startsWith(prefix) || owned.has(stream),
    streamOf: (stream) => (stream.startsWith(prefix) ? stream.slice(prefix.length) : stream),
  };
}

/**
 * Returns an event to send, as JSON that is readable in the user interface of the server. Its id on the server is
 * derived from its whole content, because the server recognises a repeated append by the ids alone.
 *
 * @throws InvalidAppend if the body is not JSON.
 */
export function proposed(event: NewEvent): EventData {
  const { id, type, schemaVersion, body } = event;
  const value = parsedBody(id, body);
  const data = isDocument(value) ? value : {};
  const metadata: Metadata = {
    schemaVersion,
    id,
    ...(isDocument(value) && JSON.stringify(value) === body ? {} : { body }),
  };
  const serverId = uuidv5(Buffer.from(JSON.stringify([id, type, schemaVersion, body])), IDS);
  return { id: serverId, contentType: 'application/json', type, data, metadata: { ...metadata } };
}

/** Returns an upper estimate of the bytes of an event that count towards the server's limit. */
export function eventSize({ type, data, metadata }: EventData): number {
  return (
    Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) + Buffer.byteLength(type) + 32
  );
}

/**
 * Returns a stored event, with its body byte for byte.
 *
 * @throws EventStoreUnavailable for an event that another program wrote to our streams.
 */
export function stored(namespace: Namespace, event: ReadEvent): StoredEvent {
  const { streamId, revision, type, data } = event;
  const metadata = eventMetadata(event);
  return {
    id: metadata.id ?? event.id,
    type,
    schemaVersion: metadata.schemaVersion,
    body: metadata.body ?? JSON.stringify(data),
    stream: streamId.slice(namespace.prefix.length),
    revision: Number(revision),
    position: kurrentPosition(event),
  };
}

function eventMetadata({ streamId, revision, metadata }: ReadEvent): Metadata {
  if (typeof metadata === 'object' && metadata !== null && 'schemaVersion' in metadata) {
    const { schemaVersion } = metadata;
    const id = 'id' in metadata && typeof metadata.id === 'string' ? { id: metadata.id } : {};
    const body = 'body' in metadata && typeof metadata.body === 'string' ? { body: metadata.body } : {};
    if (typeof schemaVersion === 'number') return { schemaVersion, ...id, ...body };
  }
  throw new EventStoreUnavailable(
    `event ${streamId}@${revision} was written by another program, which may not write to these streams: give this chronicle another ${operatorTerms().namespace}`,
  );
}

function parsedBody(id: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new InvalidAppend(`the body of ${id} is no JSON`, { cause: error });
  }
}

function isDocument(value: unknown): value is JSONType {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}
