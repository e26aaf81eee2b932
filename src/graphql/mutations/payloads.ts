import { Field, ID, ObjectType } from 'type-graphql';
import { InclusionProof } from '../proofs.js';
import { OrganisationReportType } from '../queries/organisationReports.js';
import { PositionScalar } from '../scalars.js';
import { ActivityType, ReportType, RescheduleRequestType } from '../types/activity.js';
import { UserErrorCodeEnum } from '../types/codes.js';
import { AuditEntry } from '../types/history.js';
import { OrganisationType } from '../types/organisation.js';
import { PeriodReportType } from '../types/periodReport.js';
import { PlanType, SectionType } from '../types/plan.js';

@ObjectType({ description: 'Why a command was not carried out.' })
export class UserError {
  @Field(() => UserErrorCodeEnum, { description: 'Why: a code of a closed list.' })
  code!: string;
  @Field(() => [String], {
    nullable: true,
    description: 'Path of the field of the input that it is about: names, and places in lists from 0; null: none.',
  })
  field!: readonly string[] | null;
  @Field(() => String, { description: 'A sentence in the language of Accept-Language (ru, en).' })
  message!: string;
  @Field(() => [ID], {
    description:
      'Ids of the things that it is about: of the plan, section or activity that has the external id, of the plan that was imported before, of a pending report or request, of points to choose from.',
  })
  relatedIds!: readonly string[];
}

/** The common fields of every mutation payload. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => [AuditEntry], { description: 'Audit entries that it wrote.' })
  entries!: AuditEntry[];
  @Field(() => PositionScalar, { nullable: true, description: 'Give it as `atLeast` to read your own writes.' })
  position!: string | null;
  @Field(() => [InclusionProof], {
    nullable: true,
    description:
      'That its events are in the signed log, when `receipt` was asked for; null when not, or when it was not signed in time: ask `proof` then.',
  })
  receipts!: InclusionProof[] | null;
  @Field(() => Boolean, {
    description:
      'True if the command was executed before: it is not executed again. `entries`, `position` and `receipts` are those of the first execution; all other fields show the present state.',
  })
  repeated!: boolean;
  @Field(() => [UserError], { description: 'Empty when it was carried out.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'The outcome of a command.' })
export class CommandPayload extends MutationPayload {
  @Field(() => PlanType, { nullable: true, description: 'The plan after it; null when refused.' })
  plan!: PlanType | null;
}

@ObjectType({ description: 'The outcome of a command on an organisation.' })
export class OrganisationPayload extends MutationPayload {
  @Field(() => OrganisationType, { nullable: true, description: 'The organisation after it; null when refused.' })
  organisation!: OrganisationType | null;
}

@ObjectType({ description: 'The outcome of a command on an activity.' })
export class ActivityPayload extends CommandPayload {
  @Field(() => ActivityType, { nullable: true, description: 'The activity after it; null when refused or removed.' })
  activity!: ActivityType | null;
}

@ObjectType({ description: 'The outcome of a command on several rows of a plan.' })
export class RowsPayload extends CommandPayload {
  @Field(() => [ActivityType], {
    description: 'The activities that it added or changed, in the order of its changes; without those it removed.',
  })
  activities!: readonly ActivityType[];
}

@ObjectType({ description: 'The outcome of a command on a section.' })
export class SectionPayload extends CommandPayload {
  @Field(() => SectionType, { nullable: true, description: 'The section after it; null when refused.' })
  section!: SectionType | null;
}

@ObjectType({ description: 'The outcome of a command on a request for another term.' })
export class RequestPayload extends ActivityPayload {
  @Field(() => RescheduleRequestType, { nullable: true, description: 'The request after it; null when refused.' })
  request!: RescheduleRequestType | null;
}

@ObjectType({ description: 'The outcome of issuing a report on a period of a plan.' })
export class PeriodReportPayload extends CommandPayload {
  @Field(() => PeriodReportType, { nullable: true, description: 'The report; null when refused.' })
  periodReport!: PeriodReportType | null;
}

@ObjectType({ description: 'The outcome of issuing a report on a period of an organisation.' })
export class OrganisationReportPayload extends OrganisationPayload {
  @Field(() => OrganisationReportType, { nullable: true, description: 'The report; null when refused.' })
  organisationReport!: OrganisationReportType | null;
}

@ObjectType({ description: 'The outcome of a command on a report.' })
export class ReportPayload extends ActivityPayload {
  @Field(() => ReportType, { nullable: true, description: 'The report after it; null when refused.' })
  report!: ReportType | null;
}
