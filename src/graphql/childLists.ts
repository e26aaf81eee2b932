import type { Filter, Page, PageRequest } from '../engine/readstore/port.js';
import { type ActivityBody, activities } from '../projections/activities.js';
import { type AuditBody, auditTrail } from '../projections/auditTrail.js';
import { type ControlPointBody, controlPointModel } from '../projections/controlPoints.js';
import type { ReadModel } from '../projections/model.js';

/** A kind of child list: rows of a read model by parent, such as the activities of sections. */
export interface ChildList<Body> {
  readonly model: ReadModel<Body>;
  /** Field with the key of the parent. The key begins with the id of a plan. */
  readonly field: string;
  /** Returns the key of the parent of a row. */
  readonly keyOf: (body: Body) => string;
  /** Field by which the rows are ordered. */
  readonly order: string;
  /** Further conditions for the rows. */
  readonly only?: Filter;
  /** Number of lists that one query reads: about a thousand rows. */
  readonly atOnce: number;
}

/** The activities of sections. */
export const ACTIVITIES_OF_SECTION: ChildList<ActivityBody> = {
  model: activities,
  field: 'sectionKey',
  keyOf: ({ planId, sectionId }) => `${planId}.${sectionId}`,
  order: 'planOrder',
  atOnce: 50,
};

/** The control points of activities. */
export const POINTS_OF_ACTIVITY: ChildList<ControlPointBody> = {
  model: controlPointModel,
  field: 'activityKey',
  keyOf: ({ planId, activityId }) => `${planId}.${activityId}`,
  order: 'ordinal',
  atOnce: 400,
};

/** The entries of the audit trail on reports of activities and on requests for another term. */
export const STEPS_OF_ACTIVITY: ChildList<AuditBody> = {
  model: auditTrail,
  field: 'activityKey',
  keyOf: ({ planId, activityId }) => `${planId}.${activityId}`,
  order: 'at',
  only: [
    {
      field: 'eventType',
      op: 'in',
      values: [
        ...['ReportSubmitted', 'ReportAccepted', 'ReportReturned', 'ReportWithdrawn'],
        ...['RescheduleRequested', 'RescheduleRefused', 'ActivityRescheduled'],
      ],
    },
  ],
  atOnce: 100,
};

/** Maximum number of rows that one query for several lists returns. With more rows the lists are read one by one. */
const MAX_BATCH = 10_000;

type Find<Body> = (page: PageRequest) => Promise<Page & { readonly bodies: readonly Body[] }>;

/**
 * Returns the child lists of these keys, in the order of the keys. Reads many lists in several queries, and calls
 * `turn` between them.
 */
export async function readChildLists<Body>(
  below: ChildList<Body>,
  keys: readonly string[],
  find: Find<Body>,
  turn: () => Promise<void>,
): Promise<Body[][]> {
  const lists: Body[][] = [];
  for (let from = 0; from < keys.length; from += below.atOnce) {
    if (from > 0) await turn();
    lists.push(...(await listsAtOnce(below, keys.slice(from, from + below.atOnce), find)));
  }
  return lists;
}

/** Reads lists by one query, or one by one when there are too many rows. */
async function listsAtOnce<Body>(
  { field, keyOf, order, only = [] }: ChildList<Body>,
  keys: readonly string[],
  find: Find<Body>,
): Promise<Body[][]> {
  const terms = [{ field: order, direction: 'asc' }] as const;
  const filter = [{ field, op: 'in', values: keys } as const, ...only];
  const all = await find({ filter, order: terms, groupedBy: field, limit: MAX_BATCH });
  if (all.more) {
    const pages = keys.map((value) =>
      find({ filter: [{ field, op: 'eq', value }, ...only], order: terms, limit: MAX_BATCH }),
    );
    return (await Promise.all(pages)).map(({ bodies }) => [...bodies]);
  }
  const byKey = new Map<string, Body[]>(keys.map((key) => [key, []]));
  for (const body of all.bodies) byKey.get(keyOf(body))?.push(body);
  return keys.map((key) => byKey.get(key) ?? []);
}
