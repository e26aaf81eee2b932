import { Arg, Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { planFigures } from '../../domain/indicators/figures.js';
import { reportedScope } from '../../domain/indicators/periodReport.js';
import { editions } from '../../projections/editions.js';
import { monitoring } from '../../projections/monitoring.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { copiedConnectionOf, pageOf } from '../paging.js';
import { get } from '../scope/documents.js';
import { Edition, editionType } from '../types/edition.js';
import { FiguresType, figuresType } from '../types/figures.js';
import { differencesOf, FigureDifference } from '../types/issuedReport.js';
import { PeriodReportType, periodReportType } from '../types/periodReport.js';
import { PlanType } from '../types/plan.js';
import { PageArguments } from './args.js';

const EditionConnection = copiedConnectionOf(() => Edition, 'Edition');
const EDITION_ORDERS = ordersOf('EditionOrder', { NUMBER: { description: 'By number.', fields: ['edition'] } });

@Resolver(() => PlanType)
export class EditionFields {
  @FieldResolver(() => EditionConnection, { description: 'Its editions, the first one first.' })
  editions(
    @Root() { planId, context }: PlanType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => EDITION_ORDERS.type, EDITION_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const filter = [{ field: 'planId', op: 'eq', value: planId }] as const;
    return pageOf(context, editions, filter, EDITION_ORDERS.orderOf(orderBy), page, (body) =>
      editionType(context, body),
    );
  }

  @FieldResolver(() => [PeriodReportType], { description: 'Reports on periods as they were issued, oldest first.' })
  periodReports(@Root() { planId, issuedReports, context }: PlanType) {
    return issuedReports.map((report) => periodReportType(context, planId, report));
  }
}

@Resolver(() => PeriodReportType)
export class PeriodReportFields {
  @FieldResolver(() => FiguresType, { nullable: true, description: 'The same figures as they are known now.' })
  async figuresNow(@Root() issued: PeriodReportType) {
    const figures = await figuresNow(issued);
    return figures && figuresType(figures);
  }

  @FieldResolver(() => [FigureDifference], { description: 'Figures that were corrected since; empty as a rule.' })
  async differences(@Root() issued: PeriodReportType) {
    const now = await figuresNow(issued);
    return now ? differencesOf(issued.report.figures, now) : [];
  }
}

async function figuresNow({ report, planId, context }: PeriodReportType) {
  const [body] = await get(context, monitoring, [planId]);
  return body ? planFigures(body.facts, reportedScope(report)) : null;
}
