import { type ClassType, Field, InputType } from 'type-graphql';
import type { NamedOrder } from './cursors.js';
import { enumOf } from './types/enums.js';

const DIRECTIONS = ['asc', 'desc'] as const;
type Direction = (typeof DIRECTIONS)[number];
const OrderDirectionEnum = enumOf(DIRECTIONS, 'OrderDirection', 'From the smallest on, or from the largest on.');

/** An order as a client gives it. */
export interface OrderBy {
  readonly field: string;
  readonly direction: Direction;
}

/** The orders of a list: their input type, the options of the argument `orderBy`, and what they mean. */
export interface ListOrders {
  readonly type: ClassType<OrderBy>;
  readonly options: { readonly nullable: true; readonly defaultValue: OrderBy; readonly description: string };
  /** Returns the order that a client has given; the default for none. Its name binds the cursors of the list to it. */
  readonly orderOf: (given: OrderBy | null | undefined) => NamedOrder;
}

/**
 * Defines the orders of a list: for each field of the API the fields of the read model, which an index has in this
 * order; none for a list in memory. The id is always the last, so that the order is the same on every page.
 *
 * @param usual the order without the argument: ascending by the first field, unless it says `desc`.
 */
export function ordersOf(
  name: string,
  fields: Readonly<Record<string, readonly string[]>>,
  { direction: usual = 'asc', ...traits }: { readonly direction?: Direction } & Pick<NamedOrder, 'byPosition'> = {},
): ListOrders {
  const names = Object.keys(fields);
  const values = enumOf(names, `${name}Field`, `By what \`${name}\` orders.`);
  @InputType(name, { description: 'An order. What is equal by it has the same order on every page.' })
  class Order implements OrderBy {
    @Field(() => values, { description: 'By what.' })
    field!: string;
    @Field(() => OrderDirectionEnum, { defaultValue: 'asc', description: 'In which direction.' })
    direction!: Direction;
  }
  const defaultValue: OrderBy = { field: names[0] ?? '', direction: usual };
  return {
    type: Order,
    options: { nullable: true, defaultValue, description: 'In which order.' },
    orderOf: (given) => {
      const { field, direction } = given ?? defaultValue;
      const terms = (fields[field] ?? []).map((each) => ({ field: each, direction }));
      return { name: `${field} ${direction.toUpperCase()}`, terms, ...traits };
    },
  };
}

/** Compares texts by code unit, as orders of read models do. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Returns a list in memory in an order: by `compare` of the field, items that are equal by it as they stand. */
export function orderedList<Item>(
  items: readonly Item[],
  given: OrderBy | null | undefined,
  compare: Readonly<Record<string, (a: Item, b: Item) => number>> = {},
): readonly Item[] {
  const by = compare[given?.field ?? ''];
  const sorted = by ? items.toSorted(by) : items;
  return given?.direction === 'desc' ? sorted.toReversed() : sorted;
}
