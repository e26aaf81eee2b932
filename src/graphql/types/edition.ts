import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { orderItem, orderText } from '../../documents/order.js';
import type { EditionItem, PrintedRow } from '../../domain/editions.js';
import type { Figures } from '../../domain/indicators/figure.js';
import type { PeriodReport } from '../../domain/indicators/periodReport.js';
import type { EditionBody } from '../../projections/editions.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { DateScalar } from '../scalars.js';
import { DateWindow } from './common.js';
import { EditionItemKindEnum, IndicatorEnum, PeriodReportKindEnum } from './enums.js';
import { FiguresType, figuresType } from './figures.js';
import { BasisType } from './history.js';

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

@ObjectType('PeriodReport', {
  description: 'A report on a period as it was issued: its figures stay, whatever is corrected later.',
})
export class PeriodReportType {
  @Field(() => String, { description: 'Its name in the plan.' })
  id!: string;
  @Field(() => PeriodReportKindEnum, { description: 'Month, quarter, half-year or year.' })
  kind!: string;
  @Field(() => DateWindow, { description: 'The period.' })
  window!: DateWindow;
  @Field(() => DateScalar, { description: 'Local day of issue.' })
  issuedOn!: string;
  @Field(() => Int, { description: 'Edition of the plan at that time.' })
  edition!: number;
  @Field(() => FiguresType, { description: 'The figures as they were issued.' })
  figures!: FiguresType;
  @Field(() => [ID], { description: 'Control points of the period that were not done by its end.' })
  notDone!: readonly string[];
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note!: string | null;
  report!: PeriodReport;
  planId!: string;
}

@ObjectType({ description: 'A figure that was corrected after a report was issued; the report keeps the issued one.' })
export class FigureDifference {
  @Field(() => IndicatorEnum, { description: 'Which indicator.' })
  code!: string;
  @Field(() => Float, { nullable: true, description: 'As it was issued; null: no data.' })
  issued!: number | null;
  @Field(() => Float, { nullable: true, description: 'As it is known now; null: no data.' })
  now!: number | null;
}

/** The figures of a report that are others now. */
export function differencesOf(issued: Figures, now: Figures): FigureDifference[] {
  return issued.figures.flatMap(({ code, value }) => {
    const present = now.figures.find((figure) => figure.code === code)?.value ?? null;
    return present === value ? [] : [{ code, issued: value, now: present }];
  });
}

/** The GraphQL form of an edition. */
export function editionType(context: Context, { planId, edition, on, reason, basis, items }: EditionBody): Edition {
  const print = context.print.bind(context);
  return {
    number: edition,
    on,
    // Free text may name people: who may not read the audit trail does not read it here.
    reason: context.may('audit') ? reason : null,
    basis: basis && {
      document: basis.kind === 'document' ? basis.document : null,
      withoutDocument: basis.kind === 'withoutDocument',
    },
    items: items.map((item) => itemType(context, planId, item)),
    orderText: orderText(items, print),
  };
}

function itemType(context: Context, planId: string, item: EditionItem): EditionItemType {
  return {
    kind: item.kind,
    activityId: globalId('activity', planId, item.activityId),
    before: item.before && rowType(context, item.before),
    after: rowType(context, item.after),
    behind: item.behind && rowType(context, item.behind),
    text: orderItem(item, context.print.bind(context)),
  };
}

function rowType(context: Context, { responsible, ...row }: PrintedRow): PrintedRowType {
  return { ...row, responsibleText: context.print(responsible) };
}

/** The GraphQL form of a report on a period. */
export function periodReportType(planId: string, report: PeriodReport): PeriodReportType {
  return {
    ...report,
    id: report.reportId,
    figures: figuresType(report.figures),
    notDone: report.notDone.map((pointId) => globalId('point', planId, pointId)),
    report,
    planId,
  };
}
