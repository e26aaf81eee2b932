import type { Filter, Keyset, OrderTerm } from '../engine/readstore/port.js';
import { type PartyBody, parties } from '../projections/parties.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { type CopiedPage, type NamedOrder, type PageArgs, pageOfGroups } from './paging.js';
import { find, sums } from './scope/documents.js';

/** The order of parties by name. */
export const PARTIES_BY_NAME: readonly OrderTerm[] = [{ field: 'name', direction: 'asc' }];

/** Maximum number of plans of a party that are listed. */
const MAX_PLANS = 10_000;
/** Number of rows that one query reads. */
const ROWS = 500;

/** Ends of ids behind, and in front of, the ids of all rows of a party: see `partyRowId`. */
const PARTY_EDGES = { behind: '.~', inFront: '.' };

/** Returns a page of the parties that a filter selects, each with its first row. */
export function pageOfParties<Node>(
  context: Context,
  filter: Filter,
  order: NamedOrder,
  page: PageArgs,
  nodeOf: (body: PartyBody) => Node,
): Promise<CopiedPage<Node>> {
  const find = (limit: number, backwards: boolean, after?: Keyset, before?: Keyset) =>
    distinctParties(context, filter, { order: order.terms, limit, backwards, after, before });
  const count = async () => (await countsByParty(context, filter)).size;
  return pageOfGroups(context, parties.spec, order, page, { find, count, nodeOf });
}

/** Returns how many activities name each party, in the rows that a filter selects. */
export function countsByParty(context: Context, filter: Filter): Promise<ReadonlyMap<string, number>> {
  return sums(context, parties, { filter, by: 'partyId', of: 'activityCount' });
}

/** Returns the ids of the plans that name a party, in order. @throws GraphQLError BAD_USER_INPUT for too many. */
export async function plansNaming(context: Context, partyId: string): Promise<string[]> {
  const planIds: string[] = [];
  const filter: Filter = [{ field: 'partyId', op: 'eq', value: partyId }];
  for (let after: Keyset | undefined; ; ) {
    const page = await find(context, parties, { filter, order: [], limit: ROWS, ...(after ? { after } : {}) });
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
  /** By name, in either direction. */
  readonly order: readonly OrderTerm[];
  readonly limit: number;
  readonly backwards: boolean;
  /** A place in the order by name, with the id of a party. */
  readonly after: Keyset | undefined;
  readonly before: Keyset | undefined;
}

/**
 * Returns one row for each party. After many rows of the same party, the next read begins after the last of them, so
 * that the number of rows read grows with the number of parties, not of plans.
 */
export async function distinctParties(
  context: Context,
  filter: Filter,
  { order, limit, backwards, after, before }: DistinctRequest,
) {
  const found: { readonly body: PartyBody; readonly place: Keyset }[] = [];
  const edgeOf = (place: Keyset | undefined, side: 'after' | 'before') => partyEdge(place, side, order);
  const places = { after: edgeOf(after, 'after'), before: edgeOf(before, 'before') };
  for (let rows = Math.min(limit + 1, ROWS); ; ) {
    const page = await find(context, parties, {
      order,
      filter,
      limit: rows,
      backwards,
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
    places[side] = edgeOf(found.at(-1)?.place, side);
    rows = Math.min(2 * (found.length - known), limit + 1, ROWS);
  }
}

function inOrder<Row>(found: readonly Row[], backwards: boolean): readonly Row[] {
  return backwards ? found.toReversed() : found;
}

/** Returns the place after, or before, all rows of a party. The ids are sorted in the direction of the names. */
function partyEdge(
  place: Keyset | undefined,
  side: 'after' | 'before',
  order: readonly OrderTerm[],
): Keyset | undefined {
  const isDescending = order.at(-1)?.direction === 'desc';
  const edge = (side === 'after') === isDescending ? PARTY_EDGES.inFront : PARTY_EDGES.behind;
  return place && { ...place, id: `${place.id}${edge}` };
}
