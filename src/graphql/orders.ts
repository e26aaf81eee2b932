import { type ClassType, Field, InputType } from 'type-graphql';
import { mapValues } from '../domain/objects.js';
import type { NamedOrder } from './cursors.js';
import { enumOf } from './types/enumOf.js';

type Direction = 'asc' | 'desc';
const OrderDirectionEnum = enumOf<Direction>('OrderDirection', 'The direction of an order.', {
  asc: 'From the smallest, earliest or first one on.',
  desc: 'From the largest, latest or last one on.',
});

/** An order in the input of a client. */
export interface OrderBy {
  readonly field: string;
  readonly direction: Direction;
}

/**
 * A field by which a list may be ordered: its description, and its fields of the read model, for which there is an
 * index in this order.
 */
interface OrderField {
  readonly description: string;
  /** Empty for a list in memory. */
  readonly fields: readonly string[];
}

/** The orders of a list: the input type, the options of the argument `orderBy`, and the function that applies it. */
export interface ListOrders {
  readonly type: ClassType<OrderBy>;
  readonly options: { readonly nullable: true; readonly defaultValue: OrderBy; readonly description: string };
  /**
   * Returns the order that a client has given, otherwise the default. The name of the order binds the cursors of the
   * list to it.
   */
  readonly orderOf: (given: OrderBy | null | undefined) => NamedOrder;
}

/**
 * Defines the orders of a list by fields of the API. The id is always the last term, so that the order is the same on
 * every page.
 *
 * @param usual the default order: ascending by the first field, unless `desc` is set.
 */
export function ordersOf(
  name: string,
  by: Readonly<Record<string, OrderField>>,
  { direction: usual = 'asc', ...traits }: { readonly direction?: Direction } & Pick<NamedOrder, 'byPosition'> = {},
): ListOrders {
  const values = enumOf(
    `${name}Field`,
    `By what \`${name}\` orders.`,
    mapValues(by, ({ description }) => description),
  );
  @InputType(name, { description: 'An order. What is equal by it has the same order on every page.' })
  class Order implements OrderBy {
    @Field(() => values, { description: 'By what.' })
    field!: string;
    @Field(() => OrderDirectionEnum, { defaultValue: 'asc', description: 'In which direction.' })
    direction!: Direction;
  }
  const defaultValue: OrderBy = { field: Object.keys(by)[0] ?? '', direction: usual };
  return {
    type: Order,
    options: { nullable: true, defaultValue, description: 'In which order.' },
    orderOf: (given) => {
      const { field, direction } = given ?? defaultValue;
      const terms = (by[field]?.fields ?? []).map((each) => ({ field: each, direction }));
      return { name: `${field} ${direction.toUpperCase()}`, terms, ...traits };
    },
  };
}

/** Compares texts by code unit, as orders of read models do. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Returns a list in memory in an order: by `compare` of the field. Items that are equal by it stay in their order. */
export function orderedList<Item>(
  items: readonly Item[],
  given: OrderBy | null | undefined,
  compare: Readonly<Record<string, (a: Item, b: Item) => number>> = {},
): readonly Item[] {
  const by = compare[given?.field ?? ''];
  const sorted = by ? items.toSorted(by) : items;
  return given?.direction === 'desc' ? sorted.toReversed() : sorted;
}
