import { createHash } from 'node:crypto';
import { defaultFieldResolver, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { invalidCursor } from './cursors.js';
import { apiError } from './errors.js';
import type { FieldResolver } from './guards.js';
import { type PagedConnection, PageEdge, PlaceOfPage } from './paging.js';

/** Arguments that do not choose the items of a list. A cursor names its order itself. */
const PAGING = new Set(['first', 'after', 'last', 'before', 'atLeast', 'orderBy']);

/**
 * Binds the cursors of every list to the parent of the list and to the arguments that select its items; changes the
 * schema in place. In another list, or with another filter, a cursor would silently skip items.
 */
export function bindCursors(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      if (!getNamedType(field.type).name.endsWith('Connection')) continue;
      field.resolve = withBoundCursors(`${type.name}.${field.name}`, field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
}

function withBoundCursors(list: string, resolve: FieldResolver): FieldResolver {
  return async (source, args, context, info) => {
    let known: string | undefined;
    const mark = () => {
      known ??= cursorMark(list, source, args);
      return known;
    };
    const inner = { ...args, after: withoutMark(args.after, mark), before: withoutMark(args.before, mark) };
    const page: unknown = await resolve(source, inner, context, info);
    return isConnection(page) ? pageWithMark(page, mark) : page;
  };
}

/** Returns a short hash of the values that determine the items of a list. */
function cursorMark(list: string, source: unknown, args: Readonly<Record<string, unknown>>): string {
  const chosen = Object.entries(args).filter(([name]) => !PAGING.has(name));
  const text = JSON.stringify([list, ownerIdOf(source), withoutNulls(Object.fromEntries(chosen))]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

function ownerIdOf(source: unknown): unknown {
  return typeof source === 'object' && source !== null && 'id' in source ? source.id : null;
}

/** Returns a value without null properties, because a null and a missing property mean the same. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, withoutNulls(part)] as const);
  const present = parts.filter(([, part]) => part !== undefined && part !== null);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

/** Returns the place that a cursor names in its list. @throws GraphQLError BAD_CURSOR */
function withoutMark(cursor: unknown, mark: () => string): unknown {
  if (typeof cursor !== 'string') return cursor;
  const [found = '', place] = cursor.split('.');
  if (place === undefined) throw invalidCursor();
  if (found !== mark()) {
    throw apiError(
      'BAD_CURSOR',
      'This cursor belongs to another list or filter: use it with the arguments of the page that returned it.',
    );
  }
  return place;
}

function isConnection(value: unknown): value is PagedConnection<unknown> {
  return typeof value === 'object' && value !== null && 'edges' in value && Array.isArray(value.edges);
}

function pageWithMark<Page extends PagedConnection<unknown>>(page: Page, mark: () => string): Page {
  const { hasNextPage, hasPreviousPage } = page.pageInfo;
  const cursorAt = (index: number) => `${mark()}.${page.edges[index]?.cursor ?? ''}`;
  const edges = page.edges.map(({ node }, index) => new PageEdge(node, index, cursorAt));
  return { ...page, edges, pageInfo: new PlaceOfPage(edges, hasNextPage, hasPreviousPage) };
}
