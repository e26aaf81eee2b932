import { cutText } from '../engine/readable.js';
import { apiError } from './errors.js';

/** Node types with an id that is local to a plan, a holder's access or an organisation. */
const WITH_LOCAL = [
  ...['section', 'activity', 'point', 'report', 'request', 'planreport'],
  ...['organisationreport', 'webhook', 'delivery'],
] as const;
/** Node types with a UUID. */
const WITH_UUID = ['plan', 'entry', 'party', 'organisation', 'access', 'person'] as const;
const NODE_TYPES = [...WITH_LOCAL, ...WITH_UUID] as const;

/** Types with a global id. The part after the type is opaque: clients must not change it. */
export type NodeType = (typeof NODE_TYPES)[number];

const GLOBAL_ID =
  /^(?<type>[a-z]+)_(?<uuid>[0-9a-f-]{36})(?:\.(?<local>[\w.-]{1,200}))?(?:@(?<past>[0-9TZ:.-]{1,30}))?$/;

/** The parts of a global id. */
export interface ParsedId {
  readonly type: NodeType;
  /** UUID of the plan, entry, party, organisation, access or person. */
  readonly uuid: string;
  /** Id within the plan, access or organisation; empty for types with a UUID. */
  readonly local: string;
  /** The past state to which the node belongs; empty for the present state. */
  readonly past: string;
}

/** Node types that have a stream, by the prefix of the stream name. */
const STREAMS: Readonly<Record<string, NodeType>> = {
  plan: 'plan',
  org: 'organisation',
  access: 'access',
  subject: 'person',
};

/** Returns the global id of the node that a stream is about; null for other streams. */
export function idOfStream(stream: string): string | null {
  const { prefix = '', uuid = '' } = /^(?<prefix>[a-z]+)-(?<uuid>[0-9a-f-]{36})$/.exec(stream)?.groups ?? {};
  const type = STREAMS[prefix];
  return type === undefined ? null : globalId(type, uuid);
}

/** Returns the stream of the node with a global id; undefined for an invalid id, and for nodes without a stream. */
export function streamOfId(text: string): string | undefined {
  const { type, uuid } = GLOBAL_ID.exec(text)?.groups ?? {};
  if (type === undefined || uuid === undefined) return undefined;
  if (type === 'access' || type === 'webhook' || type === 'delivery') return `access-${uuid}`;
  if (type === 'organisation' || type === 'organisationreport') return `org-${uuid}`;
  return type === 'plan' || WITH_LOCAL.some((each) => each === type) ? `plan-${uuid}` : undefined;
}

/** Returns true for a text with the form of a global id. */
export function isGlobalId(text: string): boolean {
  return GLOBAL_ID.test(text);
}

/** Returns the global id of a node; with `past`, the id of the node in this past state. */
export function globalId(type: NodeType, uuid: string, local = '', past = ''): string {
  return `${type}_${uuid}${local === '' ? '' : `.${local}`}${past === '' ? '' : `@${past}`}`;
}

/**
 * Returns the parts of a global id, including an id in a past state.
 *
 * @throws GraphQLError BAD_ID for an invalid id, or an id of another type than `wanted`.
 */
export function parseAnyId(id: string, wanted?: NodeType): ParsedId {
  const { type, uuid, local = '', past = '' } = GLOBAL_ID.exec(id)?.groups ?? {};
  const known = NODE_TYPES.find((each) => each === type);
  if (!known || uuid === undefined || WITH_LOCAL.some((each) => each === known) !== (local !== '')) {
    throw apiError('BAD_ID', `«${cutText(id, 80)}» is not an id: use one that the API returned`);
  }
  if (wanted && known !== wanted)
    throw apiError('BAD_ID', `«${id}» names ${articled(known)}, ${articled(wanted)} is wanted here`);
  return { type: known, uuid, local, past };
}

/** Returns the name of a kind with its article. */
function articled(kind: NodeType): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/**
 * Returns the parts of a global id in the present state.
 *
 * @throws GraphQLError BAD_ID as {@link parseAnyId}, and for an id in a past state.
 */
export function parseId(id: string, wanted?: NodeType): ParsedId {
  const parsed = parseAnyId(id, wanted);
  if (parsed.past === '') return parsed;
  const [present] = id.split('@');
  throw apiError('BAD_ID', `«${id}» is part of a past state, which cannot be used here: use «${present}»`);
}

/**
 * Returns the local part of the id of something in this plan.
 *
 * @throws GraphQLError BAD_ID as {@link parseId}, and for something in another plan.
 */
export function localId(id: string, wanted: NodeType, planId: string): string {
  const { uuid, local } = parseId(id, wanted);
  if (uuid !== planId) throw apiError('BAD_ID', `«${id}» is of another plan`);
  return local;
}

/** UUIDs of the actors without a stream, by the ids with which events record them. */
const BUILT_IN_ACTORS: Readonly<Record<string, string>> = {
  administrator: '00000000-0000-8000-8000-000000000001',
  system: '00000000-0000-8000-8000-000000000002',
  anybody: '00000000-0000-8000-8000-000000000003',
};

/** Returns the global id of an actor from the id with which events record it. */
export function actorGlobalId(actorId: string): string {
  return globalId('access', BUILT_IN_ACTORS[actorId] ?? actorId);
}

/**
 * Returns the id with which events record an actor.
 *
 * @throws GraphQLError BAD_ID as {@link parseId}.
 */
export function actorIdOf(id: string): string {
  const { uuid } = parseId(id, 'access');
  return Object.entries(BUILT_IN_ACTORS).find(([, known]) => known === uuid)?.[0] ?? uuid;
}

/** Returns the UUID in an id; null without one. @throws GraphQLError BAD_ID as {@link parseId} */
export function optionalUuid(id: string | null | undefined, wanted: NodeType): string | null {
  return id ? parseId(id, wanted).uuid : null;
}
