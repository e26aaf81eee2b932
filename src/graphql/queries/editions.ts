import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { figuresOf } from '../../domain/indicators/figures.js';
import { reportedScope } from '../../domain/indicators/periodReport.js';
import { editions } from '../../projections/editions.js';
import { monitoring } from '../../projections/monitoring.js';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { connectionOf, type NamedOrder, pageOf } from '../paging.js';
import { Edition, editionType } from '../types/edition.js';
import { FiguresType, figuresType } from '../types/figures.js';
import { differencesOf, FigureDifference } from '../types/issuedReport.js';
import { PeriodReportType, periodReportType } from '../types/periodReport.js';
import { Plan } from '../types/plan.js';
import { PageArguments } from './args.js';

const EditionConnection = connectionOf(() => Edition, 'Edition');
const BY_NUMBER: NamedOrder = { name: 'EDITION', terms: [{ field: 'edition', direction: 'asc' }] };

@Resolver(() => Plan)
export class EditionFields {
  @FieldResolver(() => EditionConnection, { description: 'Its editions, the first one first.' })
  editions(@Ctx() context: Context, @Root() { id }: Plan, @Args(() => PageArguments) page: PageArguments) {
    const planId = parseId(id, 'plan').uuid;
    return pageOf(context, editions, [{ field: 'planId', op: 'eq', value: planId }], BY_NUMBER, page, (body) =>
      editionType(context, body),
    );
  }

  @FieldResolver(() => [PeriodReportType], { description: 'Reports on periods as they were issued, oldest first.' })
  periodReports(@Root() { id, issuedReports }: Plan) {
    const planId = parseId(id, 'plan').uuid;
    return issuedReports.map((report) => periodReportType(planId, report));
  }
}

@Resolver(() => PeriodReportType)
export class PeriodReportFields {
  @FieldResolver(() => FiguresType, { nullable: true, description: 'The same figures as they are known now.' })
  async figuresNow(@Ctx() context: Context, @Root() report: PeriodReportType) {
    const figures = await figuresNow(context, report);
    return figures && figuresType(figures);
  }

  @FieldResolver(() => [FigureDifference], { description: 'Figures that were corrected since; empty as a rule.' })
  async differences(@Ctx() context: Context, @Root() { report, planId }: PeriodReportType) {
    const now = await figuresNow(context, { report, planId });
    return now ? differencesOf(report.figures, now) : [];
  }
}

async function figuresNow(context: Context, { report, planId }: Pick<PeriodReportType, 'report' | 'planId'>) {
  const [body] = await context.get(monitoring, [planId]);
  return body ? figuresOf(body.facts, reportedScope(report)) : null;
}
