import { type ActivityBody, activities } from '../projections/activities.js';
import { type ControlPointBody, controlPoints } from '../projections/controlPoints.js';
import type { ReadModel } from '../projections/model.js';
import type { Document, Page, PageRequest } from '../readstore/port.js';
import { turns } from './executor/turns.js';

/** Documents of a model that lie below things of one kind, such as the activities of sections. */
export interface Below<Body> {
  readonly model: ReadModel<Body>;
  /** The field that names what they lie below: its value begins with the id of a plan. */
  readonly field: string;
  /** The same of a document. */
  readonly keyOf: (body: Body) => string;
  /** The field that they are ordered by. */
  readonly order: string;
  /** Things whose lists are read at once: about a thousand documents. */
  readonly atOnce: number;
}

export const ACTIVITIES_OF_SECTION: Below<ActivityBody> = {
  model: activities,
  field: 'sectionKey',
  keyOf: ({ planId, sectionId }) => `${planId}.${sectionId}`,
  order: 'planOrder',
  atOnce: 50,
};

export const POINTS_OF_ACTIVITY: Below<ControlPointBody> = {
  model: controlPoints,
  field: 'activityKey',
  keyOf: ({ planId, activityId }) => `${planId}.${activityId}`,
  order: 'ordinal',
  atOnce: 400,
};

/** Most rows that one batched read of nested lists takes before it reads list by list. */
const MAX_BATCH = 10_000;

type Find<Body> = (page: PageRequest) => Promise<Page & { readonly bodies: readonly Body[] }>;

/** Lists below several things, one for each key, in their order. Many are read one part after another, so that others get their turn. */
export async function listsBelow<Body>(
  below: Below<Body>,
  keys: readonly string[],
  find: Find<Body>,
  owner: string,
): Promise<readonly (readonly Document[])[]> {
  const lists: (readonly Document[])[] = [];
  for (let from = 0; from < keys.length; from += below.atOnce) {
    if (from > 0) await turns.yield(owner);
    lists.push(...(await listsAtOnce(below, keys.slice(from, from + below.atOnce), find)));
  }
  return lists;
}

/** Lists by one query; list by list when together they are too long. */
async function listsAtOnce<Body>(
  { field, keyOf, order }: Below<Body>,
  keys: readonly string[],
  find: Find<Body>,
): Promise<readonly (readonly Document[])[]> {
  const terms = [{ field: order, direction: 'asc' }] as const;
  const all = await find({ filter: [{ field, op: 'in', values: keys }], order: terms, limit: MAX_BATCH });
  if (all.more) {
    const pages = keys.map((value) => find({ filter: [{ field, op: 'eq', value }], order: terms, limit: MAX_BATCH }));
    return (await Promise.all(pages)).map(({ documents }) => documents);
  }
  const byKey = new Map<string, Document[]>(keys.map((key) => [key, []]));
  for (const [index, body] of all.bodies.entries()) {
    const document = all.documents[index];
    if (document) byKey.get(keyOf(body))?.push(document);
  }
  return keys.map((key) => byKey.get(key) ?? []);
}
