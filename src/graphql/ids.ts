import { apiError } from './errors.js';

/** What a global id may name. The rest of an id is ours: callers keep it as it is. */
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

const ID = /^(?<type>[a-z]+)_(?<uuid>[0-9a-f-]{36})(?:\.(?<local>[a-z0-9.]{1,40}))?$/;
const WITH_LOCAL: readonly NodeType[] = ['section', 'activity', 'point', 'report', 'request', 'webhook'];
const TYPES: readonly NodeType[] = [...WITH_LOCAL, 'plan', 'entry', 'party', 'organisation', 'access'];

export interface ParsedId {
  readonly type: NodeType;
  /** Of the plan, entry or party. */
  readonly uuid: string;
  /** Inside the plan; empty for a plan, entry or party. */
  readonly local: string;
}

/** The stream of what a global id names; undefined for a text that is none, and for what has no stream of its own. */
export function streamOf(text: string): string | undefined {
  const { type, uuid } = ID.exec(text)?.groups ?? {};
  if (type === undefined || uuid === undefined) return undefined;
  if (type === 'access' || type === 'webhook') return `access-${uuid}`;
  if (type === 'plan' || WITH_LOCAL.some((each) => each === type)) return `plan-${uuid}`;
  return type === 'organisation' ? `org-${uuid}` : undefined;
}

/** The global id of a thing. */
export function globalId(type: NodeType, uuid: string, local = ''): string {
  return local === '' ? `${type}_${uuid}` : `${type}_${uuid}.${local}`;
}

/**
 * The parts of a global id.
 *
 * @throws GraphQLError BAD_ID for a text that is none, or that names another kind of thing.
 */
export function parseId(id: string, wanted?: NodeType): ParsedId {
  const { type, uuid, local = '' } = ID.exec(id)?.groups ?? {};
  const known = TYPES.find((each) => each === type);
  if (!known || uuid === undefined || WITH_LOCAL.includes(known) !== (local !== '')) {
    throw apiError('BAD_ID', `«${id.slice(0, 80)}» is not an id: use one that an answer gave you`);
  }
  if (wanted && known !== wanted) throw apiError('BAD_ID', `«${id}» names a ${known}, a ${wanted} is wanted here`);
  return { type: known, uuid, local };
}

/**
 * The part inside the plan of the id of something that lies in this plan.
 *
 * @throws GraphQLError BAD_ID as {@link parseId}, and for something of another plan.
 */
export function localId(id: string, wanted: NodeType, planId: string): string {
  const { uuid, local } = parseId(id, wanted);
  if (uuid !== planId) throw apiError('BAD_ID', `«${id}» is of another plan`);
  return local;
}
