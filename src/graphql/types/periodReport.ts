import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PeriodReport } from '../../domain/indicators/periodReport.js';
import type { Context } from '../context.js';
import { Node } from './common.js';
import { figuresType } from './figures.js';
import { IssuedReport } from './issuedReport.js';

@ObjectType('PeriodReport', {
  implements: Node,
  description: 'A report on a period as it was issued: its figures stay, whatever is corrected later.',
})
export class PeriodReportType extends IssuedReport {
  @Field(() => Int, { description: 'Edition of the plan at that time.' })
  edition!: number;
  @Field(() => [ID], { description: 'Control points of the period that were not done by its end.' })
  notDone!: readonly string[];
  report!: PeriodReport;
  planId!: string;
  context!: Context;
}

/** Returns the GraphQL object of a period report. */
export function periodReportType(context: Context, planId: string, report: PeriodReport): PeriodReportType {
  return {
    ...report,
    id: context.idOf('planreport', planId, report.reportId),
    figures: figuresType(report.figures),
    notDone: report.notDone.map((pointId) => context.idOf('point', planId, pointId)),
    report,
    planId,
    context,
  };
}
