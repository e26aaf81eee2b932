import type { GraphQLError } from 'graphql';
import type { Document, FieldKind, Keyset, OrderTerm } from '../engine/readstore/port.js';
import { isFieldValue } from '../engine/readstore/values.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';

/** A named order. A cursor is valid for its order only. */
export interface NamedOrder {
  readonly name: string;
  readonly terms: readonly OrderTerm[];
  /**
   * True when the only term is the position of an event and the row id is the event id. Cursors then contain a position
   * token, which remains valid after the events were copied to another engine.
   */
  readonly byPosition?: true;
}

/** Returns a keyset with native positions, as the read store needs it. */
export async function placedItem(
  context: Context,
  keyset: Keyset | undefined,
  { byPosition }: NamedOrder,
): Promise<Keyset | undefined> {
  if (!keyset || !byPosition) return keyset;
  return { ...keyset, values: [await context.positions.native(String(keyset.values[0]))] };
}

/** Returns the cursor of a row. */
export function cursorOf(context: Context, document: Document | undefined, order: NamedOrder): string {
  const values = order.terms.map(({ field }) => {
    const value = document?.fields[field];
    if (order.byPosition) return context.positions.token(String(value), document?.id ?? '');
    return isFieldValue(value) ? value : '';
  });
  return encodeCursor(order, { values, id: document?.id ?? '' });
}

/** Returns the cursor of a place in an order. */
export function encodeCursor(order: NamedOrder, { values, id }: Keyset): string {
  return Buffer.from(JSON.stringify([order.name, values, id])).toString('base64url');
}

/** Returns the error of a cursor that no page returned. */
export function invalidCursor(): GraphQLError {
  return apiError('BAD_CURSOR', 'This cursor is invalid: use one that a page returned.');
}

/** Returns the place of a cursor; undefined without one. @throws GraphQLError BAD_CURSOR */
export function keysetOf(
  cursor: string | null | undefined,
  order: NamedOrder,
  kinds: readonly (FieldKind | undefined)[],
): Keyset | undefined {
  if (cursor == null) return undefined;
  const place = decode(cursor);
  if (!place || (place.order === order.name && !isOfKinds(place.values, kinds))) throw invalidCursor();
  if (place.order !== order.name) {
    throw apiError(
      'BAD_CURSOR',
      `This cursor belongs to the order ${place.order}, the page is ordered by ${order.name}.`,
    );
  }
  return place;
}

/** The result of `typeof` for a value of each kind. A list has no place in an order. */
const VALUE_TYPES = {
  text: 'string',
  position: 'string',
  instant: 'string',
  number: 'number',
  boolean: 'boolean',
  multiText: undefined,
} as const;

/** Returns true when the values of a cursor have the types of the fields of the order. Cursors may be forged. */
function isOfKinds(values: Keyset['values'], kinds: readonly (FieldKind | undefined)[]): boolean {
  return (
    values.length === kinds.length &&
    values.every((value, index) => typeof value === VALUE_TYPES[kinds[index] ?? 'multiText'])
  );
}

function decode(cursor: string): (Keyset & { readonly order: string }) | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(value) || value.length !== 3) return undefined;
    const [order, values, id]: unknown[] = value;
    if (typeof order !== 'string' || !Array.isArray(values) || typeof id !== 'string') return undefined;
    return {
      order,
      id,
      values: values.map((each: unknown) =>
        typeof each === 'number' || typeof each === 'boolean' ? each : String(each),
      ),
    };
  } catch {
    return undefined;
  }
}
