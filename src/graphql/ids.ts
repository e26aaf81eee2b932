import { cutText } from '../engine/readable.js';
import { apiError } from './errors.js';

/** Kinds of things with a global id. The rest of an id is internal: clients keep it as it is. */
export type NodeType =
  | 'plan'
  | 'section'
  | 'activity'
  | 'point'
  | 'report'
  | 'request'
  | 'entry'
  | 'party'
  | 'organisation'
  | 'access'
  | 'webhook';

const GLOBAL_ID = /^(?<type>[a-z]+)_(?<uuid>[0-9a-f-]{36})(?:\.(?<local>[a-z0-9.]{1,40}))?$/;
const WITH_LOCAL: readonly NodeType[] = ['section', 'activity', 'point', 'report', 'request', 'webhook'];
const NODE_TYPES: readonly NodeType[] = [...WITH_LOCAL, 'plan', 'entry', 'party', 'organisation', 'access'];

/** The parts of a global id. */
export interface ParsedId {
  readonly type: NodeType;
  /** UUID of the plan, entry, party, organisation or access. */
  readonly uuid: string;
  /** Id within the plan or access; empty for things with their own UUID. */
  readonly local: string;
}

/**
 * Returns the stream of the thing with a global id; undefined for an invalid id, and for things without their own
 * stream.
 */
export function streamOfId(text: string): string | undefined {
  const { type, uuid } = GLOBAL_ID.exec(text)?.groups ?? {};
  if (type === undefined || uuid === undefined) return undefined;
  if (type === 'access' || type === 'webhook') return `access-${uuid}`;
  if (type === 'plan' || WITH_LOCAL.some((each) => each === type)) return `plan-${uuid}`;
  return type === 'organisation' ? `org-${uuid}` : undefined;
}

/** Returns the global id of a thing. */
export function globalId(type: NodeType, uuid: string, local = ''): string {
  return local === '' ? `${type}_${uuid}` : `${type}_${uuid}.${local}`;
}

/**
 * Returns the parts of a global id.
 *
 * @throws GraphQLError BAD_ID for an invalid id, or an id of another kind of thing than `wanted`.
 */
export function parseId(id: string, wanted?: NodeType): ParsedId {
  const { type, uuid, local = '' } = GLOBAL_ID.exec(id)?.groups ?? {};
  const known = NODE_TYPES.find((each) => each === type);
  if (!known || uuid === undefined || WITH_LOCAL.includes(known) !== (local !== '')) {
    throw apiError('BAD_ID', `«${cutText(id, 80)}» is not an id: use one that the API returned`);
  }
  if (wanted && known !== wanted) throw apiError('BAD_ID', `«${id}» names a ${known}, a ${wanted} is wanted here`);
  return { type: known, uuid, local };
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
