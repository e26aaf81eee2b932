import type { Recorded } from '../../eventstore/envelope.js';
import type { NativePosition } from '../../eventstore/port.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { type ChangeBody, changes } from '../../projections/changes.js';
import { bodyOf } from '../../projections/model.js';
import { plans } from '../../projections/plans.js';
import type { Condition, Filter } from '../../readstore/port.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { unscoped } from './unscoped.js';

/** What a change is about, to whom it is told. */
export type ChangeKind =
  | 'plan'
  | 'activity'
  | 'organisation'
  | 'access'
  | 'other'
  | 'planEnteredScope'
  | 'planLeftScope';

/** A change as a caller is told of it. */
export type FeedEntry = ChangeBody & {
  readonly kind: ChangeKind;
  /** From where a reader goes on who was told of this one last: before all those of its position, unless it ends them. */
  readonly resumeAt: NativePosition;
};

/** Organisations that were granted to the caller, or withdrawn. */
interface Grant {
  readonly recorded: Pick<Recorded, 'position' | 'id' | 'recordedAt' | 'revision'>;
  readonly isGrant: boolean;
  readonly organisationIds: readonly string[];
}

type Told = Omit<FeedEntry, 'resumeAt'>;

/** Which changes, and how many at least: those of one position come together. */
export interface FeedRequest {
  readonly after: NativePosition;
  readonly filter: Filter;
  readonly limit: number;
  /** Left out where only changes of some kind are asked for: what enters or leaves the caller's sight is none of them. */
  readonly tellsScope: boolean;
}

export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** Everything up to here is told; to go on from. */
  readonly upTo: NativePosition;
  readonly more: boolean;
}

/** Moves that are looked at for one page, and plans that one grant may open or close. */
const MAX_MOVES = 500;
/** Another process may have taken the command: this one hears of it within moments, in milliseconds. */
const KNOWN_MS = 5_000;
const MAX_PLANS = 20_000;
const BY_POSITION = [{ field: 'at', direction: 'asc' }] as const;

/**
 * Changes after a position in the order of the chronicle, as far as all read models have passed them. To a caller who sees some
 * organisations alone it also tells, at its place, when a plan came into sight or left it: by a grant, by a move of the plan
 * or of an organisation.
 */
export async function feedPage(context: Context, request: FeedRequest): Promise<FeedPage> {
  await context.fresh();
  const passed = context.reached;
  const { after, filter, limit } = request;
  const within: Condition = { field: 'at', op: 'range', after, to: passed };
  const page = await context.find(changes, { filter: [...filter, within], order: BY_POSITION, limit });
  const last = page.bodies.at(-1)?.position ?? after;
  const seen = context.scope;
  if (!(seen instanceof Set) || !request.tellsScope) {
    const upTo = page.more ? last : later(passed, after);
    const entries = page.bodies.map((body) => ({ ...body, kind: kindOf(body), resumeAt: body.position }));
    return { entries, upTo, more: page.more };
  }
  const moves = await movesAfter(context, after, page.more ? last : passed);
  const upTo = moves.more ? moves.upTo : page.more ? last : later(passed, after);
  const grants = await grantsAfter(context, after, upTo);
  await knownHere(context, moves.bodies, grants);
  const scope = context.scope instanceof Set ? context.scope : seen;
  const told = page.bodies.filter(({ position }) => position <= upTo);
  const moved = moves.bodies.filter(({ position }) => position <= upTo);
  const found = [
    ...told.map((body): Told => ({ ...body, kind: isEntry(body, scope) ? 'planEnteredScope' : kindOf(body) })),
    ...moved.flatMap((body) => (isLeave(body, scope) ? [{ ...body, kind: 'planLeftScope' } as const] : [])),
    ...(await Promise.all(moved.map((body) => movedWith(context, body, scope)))).flat(),
    ...(await Promise.all(grants.map((grant) => grantedBy(context, grant, scope)))).flat(),
  ].sort(byPosition);
  const entries = found.map((entry, index): FeedEntry => {
    const isLast = found[index + 1]?.position !== entry.position;
    const before = found.findLast(({ position }) => position < entry.position)?.position ?? after;
    return { ...entry, resumeAt: isLast ? entry.position : before };
  });
  return { entries, upTo, more: page.more || moves.more };
}

function kindOf({ planId, organisationId, activityId, eventType }: ChangeBody): ChangeKind {
  if (activityId !== null) return 'activity';
  if (planId !== null) return 'plan';
  if (organisationId !== null) return 'organisation';
  return /^(Access|Webhook)/.test(eventType) ? 'access' : 'other';
}

/** Every move, whoever sees it: who lost sight of a plan must be told. */
async function movesAfter(context: Context, after: NativePosition, to: NativePosition) {
  const { store, runner } = unscoped(context);
  const { documents, more } = await store.find(runner.live(changes.spec), {
    filter: [
      { field: 'moves', op: 'eq', value: true },
      { field: 'at', op: 'range', after, to },
    ],
    order: BY_POSITION,
    limit: MAX_MOVES,
  });
  const bodies = documents.map((document) => bodyOf(changes, document));
  return { bodies, more, upTo: bodies.at(-1)?.position ?? after };
}

/** What was granted to the caller, and withdrawn, as the audit trail has it; nothing of what the access began with. */
async function grantsAfter(context: Context, after: NativePosition, to: NativePosition) {
  const { store, runner } = unscoped(context);
  const { documents } = await store.find(runner.live(auditTrail.spec), {
    filter: [
      { field: 'holderId', op: 'eq', value: context.principal.id },
      { field: 'at', op: 'range', after, to },
    ],
    order: BY_POSITION,
    limit: MAX_MOVES,
  });
  return documents.flatMap((document): Grant[] => {
    const { recorded } = bodyOf(auditTrail, document);
    const { event } = recorded;
    if (event.type !== 'AccessGranted' && event.type !== 'AccessWithdrawn') return [];
    return [{ recorded, isGrant: event.type === 'AccessGranted', organisationIds: event.data.organisationIds }];
  });
}

/**
 * Waits until this process knows of these moves and grants too: what is seen now is looked at to tell of them.
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

function isEntry({ planId, moved }: ChangeBody, scope: ReadonlySet<string>): boolean {
  return planId !== null && moved !== null && has(scope, moved.to) && !has(scope, moved.from);
}

function isLeave({ planId, moved }: ChangeBody, scope: ReadonlySet<string>): boolean {
  return planId !== null && moved !== null && has(scope, moved.from) && !has(scope, moved.to);
}

/** The plans that came into sight, or left it, with an organisation that was put under another one. */
async function movedWith(context: Context, body: ChangeBody, scope: ReadonlySet<string>): Promise<Told[]> {
  const { planId, organisationId, moved } = body;
  if (planId !== null || organisationId === null || moved === null) return [];
  const [isSeen, wasSeen] = [has(scope, organisationId), has(scope, moved.from)];
  // One that was granted by itself is seen wherever it belongs.
  if (isSeen === wasSeen || (isSeen && !has(scope, moved.to))) return [];
  const under = [...unscoped(context).directory.under([organisationId])];
  const kind = isSeen ? 'planEnteredScope' : 'planLeftScope';
  return (await plansOf(context, isSeen ? under : under.filter((id) => !scope.has(id)))).map((plan) => ({
    ...body,
    ...plan,
    kind,
  }));
}

/** The plans that a grant opened, as far as they are seen still; those that a withdrawal closed, as far as they are not. */
async function grantedBy(context: Context, grant: Grant, scope: ReadonlySet<string>): Promise<Told[]> {
  const { recorded, isGrant } = grant;
  const { position, id: entryId, recordedAt, revision } = recorded;
  const under = [...unscoped(context).directory.under(grant.organisationIds)].filter((id) => scope.has(id) === isGrant);
  return (await plansOf(context, under)).map((plan) => ({
    ...{ position, entryId, recordedAt, revision, activityId: null, statusChanges: [], changed: [], moved: null },
    ...plan,
    isGone: false,
    eventType: isGrant ? 'AccessGranted' : 'AccessWithdrawn',
    kind: isGrant ? 'planEnteredScope' : 'planLeftScope',
  }));
}

async function plansOf(context: Context, organisationIds: readonly string[]) {
  if (organisationIds.length === 0) return [];
  const { store, runner } = unscoped(context);
  const { documents } = await store.find(runner.live(plans.spec), {
    filter: [{ field: 'organisationId', op: 'in', values: organisationIds }],
    order: [],
    limit: MAX_PLANS,
  });
  return documents.map((document) => {
    const { planId, organisationId } = bodyOf(plans, document);
    return { planId, organisationId };
  });
}

function has(scope: ReadonlySet<string>, id: string | null): boolean {
  return id !== null && scope.has(id);
}

function later(a: NativePosition, b: NativePosition): NativePosition {
  return a > b ? a : b;
}

function byPosition(a: Told, b: Told): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  return (a.planId ?? '') < (b.planId ?? '') ? -1 : 1;
}
