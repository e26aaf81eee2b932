import type { Recorded } from '../../domain/recorded.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import { bodyOf } from '../../engine/projections/readModel.js';
import { documentPages } from '../../engine/readstore/pages.js';
import type { Condition, Filter, OrderTerm } from '../../engine/readstore/port.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { CHANGES_BY_POSITION, type ChangeBody, changes } from '../../projections/changes.js';
import type { ReadModel } from '../../projections/model.js';
import { plans } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { find } from './documents.js';
import { unscoped } from './unscoped.js';

/** What a change means for the caller. */
export type ChangeKind =
  | 'plan'
  | 'activity'
  | 'organisation'
  | 'access'
  | 'other'
  | 'planEnteredScope'
  | 'planLeftScope';

/** A change as delivered to a caller. */
export type FeedEntry = ChangeBody & {
  readonly kind: ChangeKind;
  /**
   * Position from which a client resumes after this entry. For the last entry of a position it is that position. For
   * the other entries it is the previous position, so that all entries of a position are delivered again together.
   */
  readonly resumeAt: NativePosition;
};

/** A grant or withdrawal of organisations for the caller. */
interface Grant {
  readonly recorded: Pick<Recorded, 'position' | 'id' | 'recordedAt' | 'revision'>;
  readonly isGrant: boolean;
  readonly organisationIds: readonly string[];
}

type FeedItem = Omit<FeedEntry, 'resumeAt'>;

/** A request for a page of changes. A page may exceed `limit`, because entries of one position are not separated. */
export interface FeedRequest {
  readonly after: NativePosition;
  readonly filter: Filter;
  /** UUID of an organisation: its own changes and those of its plans, including the changes by which plans leave it. */
  readonly organisationId: string | null;
  readonly limit: number;
  /** True to include plans that enter or leave the caller's scope. False when the request filters by kind of change. */
  readonly tellsScope: boolean;
}

/** A page of changes. */
export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** Position up to which the page is complete, and after which the next page begins. */
  readonly upTo: NativePosition;
  readonly more: boolean;
}

/** Maximum number of moves of one page of changes. Those beyond are on the next page. */
const MAX_MOVES = 500;
/** Number of rows in one read, if all rows are needed. */
const ROWS_AT_ONCE = 1_000;
/**
 * How long to wait until this process has seen a grant or move that another process may have recorded, in milliseconds.
 */
const KNOWN_MS = 5_000;

/**
 * Returns the changes after a position in the order of the event store, up to the position that all read models have
 * passed. For a caller with limited organisations it also contains each plan that entered or left the scope: by a
 * grant, or by a move of the plan or of an organisation.
 *
 * @throws GraphQLError READ_MODEL_BEHIND
 */
export async function feedPage(context: Context, request: FeedRequest): Promise<FeedPage> {
  await context.fresh();
  const passed = context.freshness.reached;
  const { after, organisationId } = request;
  const page = await requestedChanges(context, request, passed);
  const seen = context.scope;
  if (!(seen instanceof Set) || !request.tellsScope) {
    const entries = page.bodies.map((body) => ({ ...body, kind: changeKind(body), resumeAt: body.position }));
    return { entries, upTo: laterPosition(page.upTo, after), more: page.more };
  }
  const moves = await movesAfter(context, after, page.upTo);
  const upTo = moves.more ? moves.upTo : laterPosition(page.upTo, after);
  const grants = await grantsAfter(context, after, upTo);
  await knownHere(context, moves.bodies, grants);
  const scope = context.scope instanceof Set ? context.scope : seen;
  const told = page.bodies.filter(({ position }) => position <= upTo);
  const moved = moves.bodies.filter(({ position }) => position <= upTo);
  const left = moved.filter((body) => isLeave(body, scope) && isFrom(body, organisationId));
  const opened = [
    ...(await Promise.all(moved.map((body) => movedWith(context, body, scope)))),
    ...(await Promise.all(grants.map((grant) => grantedBy(context, grant, scope)))),
  ].flat();
  const found = [
    ...told.map(
      (body): FeedItem => ({ ...body, kind: entersScope(body, scope) ? 'planEnteredScope' : changeKind(body) }),
    ),
    ...left.map((body): FeedItem => ({ ...body, kind: 'planLeftScope' })),
    ...opened.filter((item) => organisationId === null || item.organisationId === organisationId),
  ].sort(byPosition);
  const entries = found.map((entry, index): FeedEntry => {
    const isLast = found[index + 1]?.position !== entry.position;
    const before = found.findLast(({ position }) => position < entry.position)?.position ?? after;
    return { ...entry, resumeAt: isLast ? entry.position : before };
  });
  return { entries, upTo, more: page.more || moves.more };
}

/** Returns the changes that match a request and that the caller sees, at most its `limit`, up to a position. */
async function requestedChanges(
  context: Context,
  { filter, organisationId, after, limit }: FeedRequest,
  to: NativePosition,
): Promise<{ readonly bodies: readonly ChangeBody[]; readonly upTo: NativePosition; readonly more: boolean }> {
  const firstOf = async (conditions: Filter, upTo: NativePosition, most: number) => {
    const within: Condition = { field: 'at', op: 'range', after, to: upTo };
    const request = { filter: [...filter, ...conditions, within], order: CHANGES_BY_POSITION, limit: most };
    const { bodies, more } = await find(context, changes, request);
    return { bodies, more, upTo: more ? (bodies.at(-1)?.position ?? after) : upTo };
  };
  if (organisationId === null) return firstOf([], to, limit);
  const own = await firstOf([{ field: 'organisationId', op: 'eq', value: organisationId }], to, limit);
  // A row has the organisation after the change. The changes by which plans left one are found by their moves.
  const moves = await firstOf([{ field: 'moves', op: 'eq', value: true }], own.upTo, MAX_MOVES);
  const left = moves.bodies.filter((body) => body.planId !== null && isFrom(body, organisationId));
  const bodies = [...own.bodies.filter(({ position }) => position <= moves.upTo), ...left].sort((a, b) =>
    a.position < b.position ? -1 : 1,
  );
  if (bodies.length <= limit) return { bodies, upTo: moves.upTo, more: own.more || moves.more };
  return { bodies: bodies.slice(0, limit), upTo: bodies[limit - 1]?.position ?? after, more: true };
}

/** Returns true for a move away from an organisation; true for every move if the id is null. */
function isFrom({ moved }: ChangeBody, organisationId: string | null): boolean {
  return organisationId === null || moved?.from === organisationId;
}

function changeKind({ planId, organisationId, activityId, eventType }: ChangeBody): ChangeKind {
  if (activityId !== null) return 'activity';
  if (planId !== null) return 'plan';
  if (organisationId !== null) return 'organisation';
  return /^(Access|Webhook)/.test(eventType) ? 'access' : 'other';
}

/** Returns the moves of all scopes, because a caller who has lost a plan must receive that change too. */
async function movesAfter(context: Context, after: NativePosition, to: NativePosition) {
  const { store, runner } = unscoped(context);
  const { documents, more } = await store.find(runner.live(changes.spec), {
    filter: [
      { field: 'moves', op: 'eq', value: true },
      { field: 'at', op: 'range', after, to },
    ],
    order: CHANGES_BY_POSITION,
    limit: MAX_MOVES,
  });
  const bodies = documents.map((document) => bodyOf(changes, document));
  return { bodies, more, upTo: bodies.at(-1)?.position ?? after };
}

/** Returns the grants and withdrawals of the caller from the audit trail, without the initial grants of the access. */
async function grantsAfter(context: Context, after: NativePosition, to: NativePosition) {
  const ofCaller: Filter = [
    { field: 'holderId', op: 'eq', value: context.principal.id },
    { field: 'at', op: 'range', after, to },
  ];
  const entries = await allRows(context, auditTrail, ofCaller, CHANGES_BY_POSITION);
  return entries.flatMap(({ recorded }): Grant[] => {
    const { event } = recorded;
    if (event.type !== 'AccessGranted' && event.type !== 'AccessWithdrawn') return [];
    return [{ recorded, isGrant: event.type === 'AccessGranted', organisationIds: event.data.organisationIds }];
  });
}

/**
 * Waits until the access directory of this process contains these moves and grants, because the present scope is
 * computed from it.
 *
 * @throws GraphQLError READ_MODEL_BEHIND
 */
async function knownHere(context: Context, moves: readonly ChangeBody[], grants: readonly Grant[]) {
  const { directory } = unscoped(context);
  const streams = new Map(grants.map(({ recorded }) => [`access-${context.principal.id}`, recorded.revision]));
  for (const { planId, organisationId, revision } of moves) {
    if (planId === null && organisationId !== null) streams.set(`org-${organisationId}`, revision);
  }
  for (const [stream, revision] of streams) {
    if (await directory.knows(stream, revision, KNOWN_MS)) continue;
    throw apiError('READ_MODEL_BEHIND', 'This process does not know yet what you may see: ask again.');
  }
}

function entersScope({ planId, moved }: ChangeBody, scope: ReadonlySet<string>): boolean {
  return planId !== null && moved !== null && has(scope, moved.to) && !has(scope, moved.from);
}

function isLeave({ planId, moved }: ChangeBody, scope: ReadonlySet<string>): boolean {
  return planId !== null && moved !== null && has(scope, moved.from) && !has(scope, moved.to);
}

/** Returns the plans that entered or left the scope because an organisation was put under another one. */
async function movedWith(context: Context, body: ChangeBody, scope: ReadonlySet<string>): Promise<FeedItem[]> {
  const { planId, organisationId, moved } = body;
  if (planId !== null || organisationId === null || moved === null) return [];
  const [isSeen, wasSeen] = [has(scope, organisationId), has(scope, moved.from)];
  // An organisation that is granted itself stays visible wherever it is moved.
  if (isSeen === wasSeen || (isSeen && !has(scope, moved.to))) return [];
  const under = [...unscoped(context).directory.under([organisationId])];
  const kind = isSeen ? 'planEnteredScope' : 'planLeftScope';
  return (await plansOfOrganisations(context, isSeen ? under : under.filter((id) => !scope.has(id)))).map((plan) => ({
    ...body,
    ...plan,
    kind,
  }));
}

/**
 * Returns the plans that a grant made visible and that are still visible, or that a withdrawal hid and that are still
 * hidden.
 */
async function grantedBy(context: Context, grant: Grant, scope: ReadonlySet<string>): Promise<FeedItem[]> {
  const { recorded, isGrant } = grant;
  const { position, id: entryId, recordedAt, revision } = recorded;
  const under = [...unscoped(context).directory.under(grant.organisationIds)].filter((id) => scope.has(id) === isGrant);
  return (await plansOfOrganisations(context, under)).map((plan) => ({
    position,
    entryId,
    recordedAt,
    revision,
    activityId: null,
    activityIds: [],
    statusChanges: [],
    changed: [],
    moved: null,
    ...plan,
    isGone: false,
    eventType: isGrant ? 'AccessGranted' : 'AccessWithdrawn',
    kind: isGrant ? 'planEnteredScope' : 'planLeftScope',
  }));
}

async function plansOfOrganisations(context: Context, organisationIds: readonly string[]) {
  if (organisationIds.length === 0) return [];
  const ofThese: Filter = [{ field: 'organisationId', op: 'in', values: organisationIds }];
  const found = await allRows(context, plans, ofThese, []);
  return found.map(({ planId, organisationId }) => ({ planId, organisationId }));
}

/** Returns all rows of a read model that match a filter, without regard to the scope of the caller. */
async function allRows<Body>(
  context: Context,
  model: ReadModel<Body>,
  filter: Filter,
  order: readonly OrderTerm[],
): Promise<Body[]> {
  const { store, runner } = unscoped(context);
  const request = { filter, order, limit: ROWS_AT_ONCE };
  const bodies: Body[] = [];
  for await (const { documents } of documentPages(store, runner.live(model.spec), request)) {
    for (const document of documents) bodies.push(bodyOf(model, document));
  }
  return bodies;
}

function has(scope: ReadonlySet<string>, id: string | null): boolean {
  return id !== null && scope.has(id);
}

function laterPosition(a: NativePosition, b: NativePosition): NativePosition {
  return a > b ? a : b;
}

function byPosition(a: FeedItem, b: FeedItem): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return (a.planId ?? '') < (b.planId ?? '') ? -1 : 1;
}
