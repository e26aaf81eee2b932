import type { Filter, Keyset } from '../engine/readstore/port.js';
import { type PartyBody, parties } from '../projections/parties.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { type NamedOrder, type PageArgs, type PagedConnection, pageOfGroups } from './paging.js';

const PARTIES_BY_NAME: NamedOrder = { name: 'NAME', terms: [{ field: 'name', direction: 'asc' }] };

/** Most plans of a party that are listed. */
const MAX_PLANS = 10_000;
/** Rows that are read at once. */
const ROWS = 500;

/** A place after, or before, all rows of a party: see `partyRowId`. */
const PARTY_EDGES = { after: '.~', before: '.' };

/** Returns a page of the parties that a filter selects, each with its first row. */
export function pageOfParties<Node>(
  context: Context,
  filter: Filter,
  page: PageArgs,
  nodeOf: (body: PartyBody) => Node,
): Promise<PagedConnection<Node>> {
  const find = (limit: number, backwards: boolean, after?: Keyset, before?: Keyset) =>
    distinctParties(context, filter, { limit, backwards, after, before });
  const count = async () => (await countsByParty(context, filter)).size;
  return pageOfGroups(parties.spec, PARTIES_BY_NAME, page, { find, count, nodeOf });
}

/** Returns how many activities name each party, in the rows that a filter selects. */
export function countsByParty(context: Context, filter: Filter): Promise<ReadonlyMap<string, number>> {
  return context.sums(parties, { filter, by: 'partyId', of: 'activityCount' });
}

/** Returns the ids of the plans that name a party, in order. @throws GraphQLError BAD_USER_INPUT for too many. */
export async function plansNaming(context: Context, partyId: string): Promise<string[]> {
  const planIds: string[] = [];
  const filter: Filter = [{ field: 'partyId', op: 'eq', value: partyId }];
  for (let after: Keyset | undefined; ; ) {
    const page = await context.find(parties, { filter, order: [], limit: ROWS, ...(after ? { after } : {}) });
    planIds.push(...page.bodies.map(({ planId }) => planId));
    const last = page.documents.at(-1);
    if (!page.more || !last) return planIds;
    if (planIds.length >= MAX_PLANS) {
      throw apiError(
        'BAD_USER_INPUT',
        `More than ${MAX_PLANS} plans name this party: list its activities by \`activities(filter: { partyId })\`.`,
      );
    }
    after = { values: [], id: last.id };
  }
}

interface DistinctRequest {
  readonly limit: number;
  readonly backwards: boolean;
  /** A place in the order by name, with the id of a party. */
  readonly after: Keyset | undefined;
  readonly before: Keyset | undefined;
}

/**
 * Returns one row for each party. Once a party has many rows, the next read begins after the last of them, so that the
 * number of rows read grows with the number of parties, not of plans.
 */
export async function distinctParties(
  context: Context,
  filter: Filter,
  { limit, backwards, after, before }: DistinctRequest,
) {
  const found: { readonly body: PartyBody; readonly place: Keyset }[] = [];
  const places = { after: partyEdge(after, 'after'), before: partyEdge(before, 'before') };
  for (let rows = Math.min(limit + 1, ROWS); ; ) {
    const { order, ...request } = { order: PARTIES_BY_NAME.terms, filter, limit: rows, backwards };
    const page = await context.find(parties, {
      ...request,
      order,
      ...(places.after ? { after: places.after } : {}),
      ...(places.before ? { before: places.before } : {}),
    });
    const read = page.bodies.map((body, index) => ({
      body,
      place: { values: [String(page.documents[index]?.fields.name)], id: body.partyId },
    }));
    const known = found.length;
    for (const row of backwards ? read.reverse() : read) {
      if (found.at(-1)?.place.id === row.place.id) continue;
      if (found.length === limit) return { found: inOrder(found, backwards), more: true };
      found.push(row);
    }
    if (!page.more) return { found: inOrder(found, backwards), more: false };
    const side = backwards ? 'before' : 'after';
    places[side] = partyEdge(found.at(-1)?.place, side);
    rows = Math.min(2 * (found.length - known), limit + 1, ROWS);
  }
}

function inOrder<Row>(found: readonly Row[], backwards: boolean): readonly Row[] {
  return backwards ? found.toReversed() : found;
}

function partyEdge(place: Keyset | undefined, side: 'after' | 'before'): Keyset | undefined {
  return place && { ...place, id: `${place.id}${PARTY_EDGES[side]}` };
}
