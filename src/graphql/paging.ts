import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { CollectionSpec, Filter, Keyset } from '../engine/readstore/port.js';
import type { KeyPage } from '../engine/records/port.js';
import type { ReadModel } from '../projections/model.js';
import type { Context } from './context.js';
import { cursorOf, encodeCursor, invalidCursor, keysetOf, type NamedOrder, placedItem } from './cursors.js';
import { apiError } from './errors.js';
import { DEFAULT_PAGE_SIZE, MAX_PAGE } from './limits/pageSize.js';
import { PositionScalar } from './scalars.js';
import { countVisible, find } from './scope/documents.js';

export type { NamedOrder };

/** The four arguments of a connection. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

@ObjectType({ description: 'The place of a page in the whole list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'There are more after this page.' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'There are more before this page.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor!: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor!: string | null;
}

/**
 * An item with its cursor, which is made when it is selected: most pages are read without the cursors of their items.
 */
export class PageEdge<Node> {
  constructor(
    readonly node: Node,
    private readonly index: number,
    private readonly cursorAt: (index: number) => string,
  ) {}

  get cursor(): string {
    return this.cursorAt(this.index);
  }
}

/** The place of a page. Its cursors are made when they are selected. */
export class PlaceOfPage implements PageInfo {
  constructor(
    private readonly edges: readonly { readonly cursor: string }[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
  ) {}

  get startCursor(): string | null {
    return this.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.edges.at(-1)?.cursor ?? null;
  }
}

/** A page in the form of the connection types. `totalCount` is counted only when it is selected. */
export interface PagedConnection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
  readonly count: () => Promise<number>;
}

/** A page of rows of read models, with the data from which its position is determined. */
export interface CopiedPage<Node> extends PagedConnection<Node> {
  readonly since: () => Promise<string | null>;
}

/** Returns the connection type of a list outside the read models, with its edge type. */
export function connectionOf<Node extends object>(node: () => ClassType<Node>, name: string) {
  @ObjectType(`${name}Connection`, { description: `A page of ${name} items.` })
  class OtherConnection extends connectionParts(node, name) {}
  return OtherConnection;
}

/** Returns the connection type of a list that is read from read models, with its edge type. */
export function copiedConnectionOf<Node extends object>(node: () => ClassType<Node>, name: string) {
  @ObjectType(`${name}Connection`, { description: `A page of ${name} items.` })
  class CopiedConnection extends connectionParts(node, name) {
    @Field(() => PositionScalar, {
      nullable: true,
      description:
        'Where `changes` continues after a copy that is read page by page: keep the position of its first page. Null in a past state, which does not change.',
    })
    position(): Promise<string | null> {
      return this.since();
    }
    since!: () => Promise<string | null>;
  }
  return CopiedConnection;
}

/** Returns the common fields of the connection types of an object type. */
function connectionParts<Node extends object>(node: () => ClassType<Node>, name: string) {
  @ObjectType(`${name}Edge`, { description: `A ${name} with its place in the list.` })
  class Edge {
    @Field(node, { description: 'The item.' })
    node!: Node;
    @Field(() => String, { description: 'Opaque; give it as `after` or `before` with the same filter and order.' })
    cursor!: string;
  }
  @ObjectType()
  abstract class ConnectionType {
    @Field(() => [Edge], { description: 'The items of the page, in order.' })
    edges!: Edge[];
    @Field(() => [node()], { description: 'The same items without their cursors.' })
    nodes(): Node[] {
      return this.edges.map((edge) => edge.node);
    }
    @Field(() => PageInfo, { description: 'The place of the page in the list.' })
    pageInfo!: PageInfo;
    @Field(() => Int, { description: 'Total number of items; counted only when selected.' })
    totalCount(): Promise<number> {
      return this.count();
    }
    count!: () => Promise<number>;
  }
  return ConnectionType;
}

/** Returns one page of a read model. @throws GraphQLError for an oversized page or an invalid cursor. */
export async function pageOf<Body, Node>(
  context: Context,
  model: ReadModel<Body>,
  filter: Filter,
  order: NamedOrder,
  args: PageArgs,
  nodeOf: (body: Body) => Node,
): Promise<CopiedPage<Node>> {
  const { limit, backwards } = pageSize(args);
  const kinds = order.terms.map(({ field }) => model.spec.fields[field]);
  const after = await placedItem(context, keysetOf(args.after, order, kinds), order);
  const before = await placedItem(context, keysetOf(args.before, order, kinds), order);
  const places = { ...(after ? { after } : {}), ...(before ? { before } : {}) };
  const page = await find(context, model, { filter, order: order.terms, limit, backwards, ...places });
  const cursorAt = (index: number) => cursorOf(context, page.documents[index], order);
  const edges = page.bodies.map((body, index) => new PageEdge(nodeOf(body), index, cursorAt));
  return {
    edges,
    pageInfo: pageInfoOf(edges, page.more, backwards, after, before),
    count: () => countVisible(context, model, filter),
    since: () => context.readSince(),
  };
}

/** A list whose items are groups of rows of a read model. */
interface PageGroups<Body, Node> {
  /** Returns the groups at a place of the order, each with one row. */
  find(
    limit: number,
    backwards: boolean,
    after?: Keyset,
    before?: Keyset,
  ): Promise<{ readonly found: readonly { readonly body: Body; readonly place: Keyset }[]; readonly more: boolean }>;
  count(): Promise<number>;
  nodeOf(body: Body): Node;
}

/** Returns one page of groups of rows. @throws GraphQLError for an oversized page or an invalid cursor. */
export async function pageOfGroups<Body, Node>(
  context: Context,
  { fields }: CollectionSpec,
  order: NamedOrder,
  args: PageArgs,
  { find, count, nodeOf }: PageGroups<Body, Node>,
): Promise<CopiedPage<Node>> {
  const { limit, backwards } = pageSize(args);
  const kinds = order.terms.map(({ field }) => fields[field]);
  const after = keysetOf(args.after, order, kinds);
  const before = keysetOf(args.before, order, kinds);
  const { found, more } = await find(limit, backwards, after, before);
  const edges = found.map(({ body, place }) => ({ node: nodeOf(body), cursor: encodeCursor(order, place) }));
  const pageInfo = pageInfoOf(edges, more, backwards, after, before);
  return { edges, pageInfo, count, since: () => context.readSince() };
}

/** Returns a page of a list that was read from read models and is in memory. */
export function pageOfList<Item, Node>(
  context: Context,
  items: readonly Item[],
  order: NamedOrder,
  args: PageArgs,
  nodeOf: (item: Item) => Node,
): CopiedPage<Node> {
  const { limit, backwards } = pageSize(args);
  const index = (cursor: string | null | undefined) => keysetOf(cursor, order, ['number'])?.values[0];
  const [after, before] = [index(args.after), index(args.before)].map((place) =>
    place === undefined ? undefined : Number(place),
  );
  const from = after === undefined ? 0 : after + 1;
  const to = before ?? items.length;
  const start = backwards ? Math.max(from, to - limit) : from;
  const end = backwards ? to : Math.min(to, from + limit);
  const cursorAt = (index: number) => encodeCursor(order, { values: [start + index], id: '' });
  const edges = items.slice(start, end).map((item, index) => new PageEdge(nodeOf(item), index, cursorAt));
  return {
    edges,
    pageInfo: new PlaceOfPage(edges, end < items.length, start > 0),
    count: () => Promise.resolve(items.length),
    since: () => context.readSince(),
  };
}

/** An item of a list outside the read models. `key` is its place in the list. */
interface KeyedItem {
  readonly key: string;
}

/** A list outside the read models, in the order of its keys. */
export interface KeyedList<Node extends KeyedItem> {
  /** Pattern of a valid key, because cursors may be forged. */
  readonly form: RegExp;
  find(page: KeyPage): Promise<readonly Node[]>;
  count(): Promise<number>;
}

/**
 * Returns a page of a list outside the read models.
 *
 * @throws GraphQLError for an oversized page or an invalid cursor.
 */
export async function pageOfRecords<Node extends KeyedItem>(
  { form, find, count }: KeyedList<Node>,
  order: NamedOrder,
  args: PageArgs,
): Promise<PagedConnection<Node>> {
  const { limit, backwards } = pageSize(args);
  const place = (cursor: string | null | undefined) => {
    const keyset = keysetOf(cursor, order, ['text']);
    if (keyset && !form.test(String(keyset.values[0]))) throw invalidCursor();
    return keyset;
  };
  const [after, before] = [place(args.after), place(args.before)];
  const [from, to] = [after, before].map((keyset) => keyset && String(keyset.values[0]));
  const descending = order.terms[0]?.direction === 'desc';
  const bounds = descending ? { after: to, before: from } : { after: from, before: to };
  const found = await find({ ...bounds, descending: descending !== backwards, limit: limit + 1 });
  const nodes = found.slice(0, limit);
  const edges = (backwards ? nodes.toReversed() : nodes).map((node) => ({
    node,
    cursor: encodeCursor(order, { values: [node.key], id: '' }),
  }));
  return { edges, pageInfo: pageInfoOf(edges, found.length > limit, backwards, after, before), count };
}

/** Returns the item unchanged. */
export const itself = <Item>(item: Item): Item => item;

function pageInfoOf(
  edges: PagedConnection<unknown>['edges'],
  more: boolean,
  backwards: boolean,
  after: Keyset | undefined,
  before: Keyset | undefined,
): PageInfo {
  return backwards
    ? new PlaceOfPage(edges, before !== undefined, more)
    : new PlaceOfPage(edges, more, after !== undefined);
}

function pageSize({ first, last }: PageArgs) {
  if (first != null && last != null) throw apiError('BAD_USER_INPUT', 'Give `first` or `last`, not both.');
  const limit = first ?? last ?? DEFAULT_PAGE_SIZE;
  if (limit < 0) throw apiError('BAD_USER_INPUT', 'A page has no negative size.');
  if (limit > MAX_PAGE)
    throw apiError('PAGE_TOO_LARGE', `A page has at most ${MAX_PAGE} items; ${limit} were asked for.`);
  return { limit, backwards: last != null };
}
