import { Arg, Args, Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { reportedScope } from '../../domain/indicators/periodReport.js';
import { type OrganisationReportBody, organisationReports } from '../../projections/organisationReports.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { copiedConnectionOf, pageOf } from '../paging.js';
import { reportFigures } from '../scope/figures.js';
import { Node } from '../types/common.js';
import { FiguresType, figuresType } from '../types/figures.js';
import { differencesOf, FigureDifference, IssuedReport } from '../types/issuedReport.js';
import { OrganisationType } from '../types/organisation.js';
import { PageArguments } from './args.js';

@ObjectType('ReportedOrganisation', { description: 'The figures of one organisation in a report.' })
export class ReportedOrganisationType {
  @Field(() => ID, { description: 'Id of the organisation.' })
  organisationId!: string;
  @Field(() => String, { description: 'Its name at that time.' })
  name!: string;
  @Field(() => Int, { description: 'How many of its plans are counted.' })
  plans!: number;
  @Field(() => FiguresType, { description: 'Its figures.' })
  figures!: FiguresType;
}

@ObjectType('OrganisationReport', {
  implements: Node,
  description: 'A report over the plans of an organisation and of those under it, as it was issued.',
})
export class OrganisationReportType extends IssuedReport {
  @Field(() => Int, { description: 'How many plans were counted.' })
  plans!: number;
  @Field(() => [ReportedOrganisationType], { description: 'The same organisation by organisation.' })
  byOrganisation!: readonly ReportedOrganisationType[];
  body!: OrganisationReportBody;
}

const ReportConnection = copiedConnectionOf(() => OrganisationReportType, 'OrganisationReport');
const REPORT_ORDERS = ordersOf('OrganisationReportOrder', {
  ISSUED_ON: { description: 'By the day of issue.', fields: ['issuedOn'] },
});

@Resolver(() => OrganisationType)
export class OrganisationReports {
  @FieldResolver(() => ReportConnection, { description: 'Its reports on periods as they were issued, oldest first.' })
  reports(
    @Ctx() context: Context,
    @Root() { uuid }: OrganisationType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => REPORT_ORDERS.type, REPORT_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const filter = [{ field: 'organisationId', op: 'eq', value: uuid }] as const;
    return pageOf(context, organisationReports, filter, REPORT_ORDERS.orderOf(orderBy), page, organisationReportType);
  }
}

@Resolver(() => OrganisationReportType)
export class OrganisationReportFields {
  @FieldResolver(() => [FigureDifference], { description: 'Figures that were corrected since; empty as a rule.' })
  async differences(@Ctx() context: Context, @Root() { body }: OrganisationReportType) {
    await context.fresh();
    const { figures } = await reportFigures(context, body.organisationId, reportedScope(body));
    return differencesOf(body.figures, figures);
  }
}

/** Returns the GraphQL object of a report of an organisation. */
export function organisationReportType(body: OrganisationReportBody): OrganisationReportType {
  return {
    ...body,
    id: globalId('organisationreport', body.organisationId, body.reportId),
    figures: figuresType(body.figures),
    byOrganisation: body.organisations.map(({ organisationId, figures, ...rest }) => ({
      ...rest,
      organisationId: globalId('organisation', organisationId),
      figures: figuresType(figures),
    })),
    body,
  };
}
