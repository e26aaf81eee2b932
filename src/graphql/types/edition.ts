import { Field, ID, Int, ObjectType } from 'type-graphql';
import { orderItem, orderText } from '../../documents/printing/order.js';
import type { EditionItem, EditionRow } from '../../domain/editions.js';
import type { EditionBody } from '../../projections/editions.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { DateScalar } from '../scalars.js';
import { EditionItemKindEnum } from './enums.js';
import { BasisType, basisType } from './history.js';

@ObjectType('PrintedRow', { description: 'A row as it is printed.' })
export class PrintedRowType {
  @Field(() => String, { nullable: true, description: 'Number.' })
  number!: string | null;
  @Field(() => String, { description: 'The whole cell.' })
  text!: string;
  @Field(() => String, { description: 'Its timeframe.' })
  timeframeText!: string;
  @Field(() => String, { description: 'Its responsible parties.' })
  responsibleText!: string;
  @Field(() => String, { description: 'Title of its section.' })
  sectionTitle!: string;
}

@ObjectType('EditionItem', { description: 'One change of an amendment, as an item of its order.' })
export class EditionItemType {
  @Field(() => EditionItemKindEnum, { description: 'What is done to the row.' })
  kind!: string;
  @Field(() => ID, { description: 'Id of the activity.' })
  activityId!: string;
  @Field(() => PrintedRowType, { nullable: true, description: 'The row before; null: it is new.' })
  before!: PrintedRowType | null;
  @Field(() => PrintedRowType, { description: 'The row after.' })
  after!: PrintedRowType;
  @Field(() => PrintedRowType, {
    nullable: true,
    description:
      'Of a row that is added or moved, the one that it stands behind; null: it is the first of its section.',
  })
  behind!: PrintedRowType | null;
  @Field(() => String, {
    description: 'The item in the words of an order: «пункт 5 изложить в следующей редакции: …».',
  })
  text!: string;
}

@ObjectType({
  description: 'An edition (редакция) of a plan: the first as approved, each further one by its amendment.',
})
export class Edition {
  @Field(() => Int, { description: 'Its number, from 1.' })
  number!: number;
  @Field(() => DateScalar, { nullable: true, description: 'Local day of the decision; null when it is not stated.' })
  on!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why; null for the first one, and for who may not read the audit trail.',
  })
  reason!: string | null;
  @Field(() => BasisType, { nullable: true, description: 'On what order.' })
  basis!: BasisType | null;
  @Field(() => [EditionItemType], { description: 'Its changes in order; none for the first one.' })
  items!: readonly EditionItemType[];
  @Field(() => String, { description: 'Its changes as the numbered items of an order.' })
  orderText!: string;
}

/** Returns the GraphQL object of an edition. */
export function editionType(context: Context, { planId, edition, on, reason, basis, items }: EditionBody): Edition {
  const { print } = context.names;
  return {
    number: edition,
    on,
    // Free text may contain names, so only callers who may read the audit trail get the reason.
    reason: context.may('audit') ? reason : null,
    basis: basisType(basis),
    items: items.map((item) => editionItemType(context, planId, item)),
    orderText: orderText(items, print),
  };
}

function editionItemType(context: Context, planId: string, item: EditionItem): EditionItemType {
  return {
    kind: item.kind,
    activityId: globalId('activity', planId, item.activityId),
    before: item.before && printedRowType(context, item.before),
    after: printedRowType(context, item.after),
    behind: item.behind && printedRowType(context, item.behind),
    text: orderItem(item, context.names.print),
  };
}

/** Returns the GraphQL object of a printed row. */
export function printedRowType(context: Context, { responsible, ...row }: EditionRow): PrintedRowType {
  return { ...row, responsibleText: context.names.print(responsible) };
}
