import { bodyOf } from '../../engine/projections/readModel.js';
import type { CollectionSpec, Filter, Page, PageRequest, SumRequest } from '../../engine/readstore/port.js';
import type { ReadModel } from '../../projections/model.js';
import { isInScope, restrictToScope, scopeFields } from '../accessScope.js';
import { scopeName } from '../answers/visibility.js';
import { type ChildList, readChildLists } from '../childLists.js';
import type { Context } from '../context.js';
import { unscoped } from './unscoped.js';

/** A page of rows of a read model, with their bodies. */
export type BodyPage<Body> = Omit<Page, 'documents'> & { bodies: Body[]; documents: Page['documents'] };

/** Returns a page of the rows that the caller sees. */
export async function find<Body>(context: Context, model: ReadModel<Body>, page: PageRequest): Promise<BodyPage<Body>> {
  await context.fresh(page.limit);
  const filter = await restrictToScope(model.spec, page.filter, context.scope, sees(context));
  if (!filter) return { documents: [], more: false, bodies: [] };
  context.reads.list(filter);
  // A cursor names the values of the order.
  const fields = [...(model.form?.fields ?? []), ...page.order.map(({ field }) => field)];
  const { documents, more } = await unscoped(context).store.find(build(context, model), { ...page, filter, fields });
  context.holdRows(documents.length);
  const bodies = documents.map((document) => bodyOf(model, document));
  // A row may have a sealed name in a field as text. It is opened only in the body.
  await context.names.learn(bodies);
  return { documents, more, bodies };
}

/**
 * Returns the child lists of these keys, in the order of the keys. Lists in the cache of the request are not read
 * again.
 */
export async function lists<Body>(
  context: Context,
  below: ChildList<Body>,
  keys: readonly string[],
): Promise<Body[][]> {
  await context.fresh();
  const { lists: kept } = context.execution;
  const { model, field } = below;
  const turn = () => context.turn();
  const read = (missing: readonly string[]) =>
    readChildLists(below, missing, (page) => find(context, model, page), turn);
  if (!kept) return read(keys);
  context.reads.list([{ field, op: 'in', values: keys }]);
  const scope = scopeName(context.scope);
  const found = await kept.of(below, keys, { scope, live: build(context, model), read, turn });
  await context.names.learn(found);
  return found;
}

/** Returns how many rows that the caller sees match a filter. */
export async function countVisible<Body>(context: Context, model: ReadModel<Body>, filter: Filter): Promise<number> {
  await context.fresh();
  const seen = await restrictToScope(model.spec, filter, context.scope, sees(context));
  if (!seen) return 0;
  context.reads.list(seen);
  return unscoped(context).store.count(build(context, model), seen);
}

/** Returns the sums of a field over the rows that the caller sees, by the value of another field. */
export async function sums<Body>(
  context: Context,
  model: ReadModel<Body>,
  request: SumRequest,
): Promise<ReadonlyMap<string, number>> {
  await context.fresh();
  const filter = await restrictToScope(model.spec, request.filter, context.scope, sees(context));
  if (!filter) return new Map();
  context.reads.list(filter);
  return unscoped(context).store.sums(build(context, model), { ...request, filter });
}

/** Returns rows by their ids, in the order of the ids; undefined for rows that the caller may not see. */
export async function get<Body>(
  context: Context,
  model: ReadModel<Body>,
  ids: readonly string[],
): Promise<(Body | undefined)[]> {
  await context.fresh(ids.length);
  context.reads.documents(model.spec, ids);
  const fields = [...(model.form?.fields ?? []), ...scopeFields(model.spec)];
  const found = await unscoped(context).store.get(build(context, model), ids, fields);
  const documents = await Promise.all(
    found.map(async (document) =>
      document && (await isInScope(model.spec, document, context.scope, sees(context))) ? document : undefined,
    ),
  );
  context.holdRows(documents.length);
  const bodies = documents.map((document) => document && bodyOf(model, document));
  await context.names.learn(bodies);
  return bodies;
}

/** Returns the build of a read model that is in use, and records the dependency. */
function build<Body>(context: Context, model: ReadModel<Body>): CollectionSpec {
  context.health.noteRead(model);
  const live = unscoped(context).runner.live(model.spec);
  context.reads.build(model.spec, live);
  return live;
}

function sees(context: Context) {
  return (planId: string) => context.seesPlan(planId);
}
