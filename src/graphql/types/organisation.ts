import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ControlSettings } from '../../domain/settings.js';
import type { OrganisationBody } from '../../projections/organisations.js';
import { globalId } from '../ids.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { Node } from './common.js';
import { ClosingRuleEnum, DeadlineDayEnum, LatenessRuleEnum, PaperDueRuleEnum, TermKindEnum } from './enums.js';

@ObjectType('SchoolTerm', { description: 'A school term (четверть) or trimester.' })
export class SchoolTermType {
  @Field(() => TermKindEnum, { description: 'Term or trimester.' })
  kind!: string;
  @Field(() => DateScalar, { description: 'First day.' })
  start!: string;
  @Field(() => DateScalar, { description: 'Last day.' })
  end!: string;
}

@ObjectType('WorkingCalendar', { description: 'Days that are not as their weekday says; weekends are off by default.' })
export class WorkingCalendarType {
  @Field(() => [DateScalar], { description: 'Weekdays that are off.' })
  daysOff!: readonly string[];
  @Field(() => [DateScalar], { description: 'Weekend days that are worked.' })
  workingDays!: readonly string[];
}

@ObjectType('DisciplineRule', { description: 'How the discipline of execution (Кид) is reckoned.' })
export class DisciplineRuleType {
  @Field(() => Int, { description: 'The delay in working days from which a point counts as not done at all.' })
  limitDays!: number;
  @Field(() => Int, { description: 'Weight of a point whose activity cites an order; any other weighs 1.' })
  orderWeight!: number;
}

@ObjectType('ControlSettings', { description: 'By which rules plans are controlled; stamped into a plan at approval.' })
export class ControlSettingsType {
  @Field(() => ClosingRuleEnum, { description: 'The weakest evidence that closes a control point.' })
  closingRule!: string;
  @Field(() => Int, { description: 'A point is due soon from this many days before its due day.' })
  dueSoonDays!: number;
  @Field(() => Boolean, { description: 'Who submitted a report may accept it.' })
  accepterMayBeReporter!: boolean;
  @Field(() => DeadlineDayEnum, { description: 'Whether «до D» includes D.' })
  deadlineDay!: string;
  @Field(() => PaperDueRuleEnum, { description: 'Where a due day goes that is a day off.' })
  paperDue!: string;
  @Field(() => LatenessRuleEnum, { description: 'By which day lateness is counted.' })
  lateness!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Reports are due by this day of the month after the due day; null: none are asked for.',
  })
  reportDueDay!: number | null;
  @Field(() => [SchoolTermType], { description: 'School terms, for «1 раз в четверть».' })
  terms!: readonly SchoolTermType[];
  @Field(() => WorkingCalendarType, { description: 'The working calendar.' })
  calendar!: WorkingCalendarType;
  @Field(() => DisciplineRuleType, { nullable: true, description: 'Null: discipline is not reckoned.' })
  discipline!: DisciplineRuleType | null;
}

@ObjectType('Organisation', {
  implements: Node,
  description: 'An organisation that owns plans, or a department over others.',
})
export class OrganisationType extends Node {
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => ID, { nullable: true, description: 'Id of the organisation it belongs to.' })
  parentId!: string | null;
  @Field(() => String, { description: 'IANA time zone: it says which local day it is.' })
  timeZone!: string;
  @Field(() => ControlSettingsType, { description: 'Its settings as they are now; approved plans keep theirs.' })
  settings!: ControlSettings;
  @Field(() => Int, { description: 'Revision of its last event: give it as `expectedRevision`.' })
  revision!: number;
  @Field(() => DateTimeScalar, { description: 'When it was registered here.' })
  createdAt!: string;
  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  updatedAt!: string;
  uuid!: string;
}

/** Returns the GraphQL object of an organisation. */
export function organisationType(body: OrganisationBody): OrganisationType {
  const { organisationId, parentId } = body;
  return {
    ...body,
    id: globalId('organisation', organisationId),
    uuid: organisationId,
    parentId: parentId && globalId('organisation', parentId),
  };
}
