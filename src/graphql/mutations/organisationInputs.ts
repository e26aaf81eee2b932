import { Field, ID, InputType, Int } from 'type-graphql';
import type { PeriodReportKind } from '../../domain/indicators/periodReport.js';
import type { ControlSettings } from '../../domain/settings.js';
import { MAX_LONG, MAX_SHORT } from '../../domain/texts.js';
import { DateScalar } from '../scalars.js';
import { MultiLine, SingleLine } from '../texts/rules.js';
import { ClosingRuleEnum, DeadlineDayEnum, LatenessRuleEnum, PaperDueRuleEnum, TermKindEnum } from '../types/enums.js';
import { PeriodReportKindEnum } from '../types/figureEnums.js';
import { CommandInput } from './inputs.js';

@InputType({ description: 'A school term (четверть) or trimester.' })
export class SchoolTermInput {
  @Field(() => TermKindEnum, { description: 'Term or trimester.' })
  kind!: 'term' | 'trimester';
  @Field(() => DateScalar, { description: 'First day.' })
  start!: string;
  @Field(() => DateScalar, { description: 'Last day.' })
  end!: string;
}

@InputType({ description: 'Days that are not as their weekday says; weekends are off by default.' })
export class WorkingCalendarInput {
  @Field(() => [DateScalar], { description: 'Weekdays that are off.' })
  daysOff!: string[];
  @Field(() => [DateScalar], { description: 'Weekend days that are worked.' })
  workingDays!: string[];
}

@InputType({ description: 'How the discipline of execution (Кид) is reckoned.' })
export class DisciplineRuleInput {
  @Field(() => Int, { description: 'The delay in working days from which a point counts as not done at all.' })
  limitDays!: number;
  @Field(() => Int, { description: 'Weight of a point whose activity cites an order; any other weighs 1.' })
  orderWeight!: number;
}

@InputType({ description: 'Settings of control; those left out stay as they are.' })
export class ControlSettingsInput {
  @Field(() => ClosingRuleEnum, { nullable: true, description: 'The weakest evidence that closes a control point.' })
  closingRule?: ControlSettings['closingRule'] | null;
  @Field(() => Int, { nullable: true, description: 'Due soon from this many days before the due day.' })
  dueSoonDays?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Who submitted a report may accept it.' })
  accepterMayBeReporter?: boolean | null;
  @Field(() => DeadlineDayEnum, { nullable: true, description: 'Whether «до D» includes D.' })
  deadlineDay?: ControlSettings['deadlineDay'] | null;
  @Field(() => PaperDueRuleEnum, { nullable: true, description: 'Where a due day goes that is a day off.' })
  paperDue?: ControlSettings['paperDue'] | null;
  @Field(() => LatenessRuleEnum, { nullable: true, description: 'By which day lateness is counted.' })
  lateness?: ControlSettings['lateness'] | null;
  @Field(() => Int, { nullable: true, description: 'Day of the following month; null: no reports are asked for.' })
  reportDueDay?: number | null;
  @Field(() => [SchoolTermInput], { nullable: true, description: 'All school terms, in place of those there are.' })
  terms?: SchoolTermInput[] | null;
  @Field(() => WorkingCalendarInput, { nullable: true, description: 'All days, in place of those there are.' })
  calendar?: WorkingCalendarInput | null;
  @Field(() => DisciplineRuleInput, { nullable: true, description: 'Null: discipline is not reckoned.' })
  discipline?: DisciplineRuleInput | null;
}

@InputType({ description: 'A new organisation.' })
export class RegisterOrganisationInput extends CommandInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => ID, { nullable: true, description: 'The organisation it belongs to.' })
  parentId?: string | null;
  @SingleLine(100)
  @Field(() => String, { nullable: true, description: 'IANA time zone; left out: that of the server’s settings.' })
  timeZone?: string | null;
  @Field(() => ControlSettingsInput, { nullable: true, description: 'Left out: the usual ones.' })
  settings?: ControlSettingsInput | null;
}

@InputType({ description: 'A command on an organisation.' })
export class OrganisationInput extends CommandInput {
  @Field(() => ID, { description: 'The organisation.' })
  organisationId!: string;
}

@InputType({ description: 'Details of an organisation; fields left out stay. Give the reason.' })
export class ChangeOrganisationInput extends OrganisationInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => ID, { nullable: true, description: 'The organisation it belongs to; null: none.' })
  parentId?: string | null;
  @SingleLine(100)
  @Field(() => String, { nullable: true, description: 'IANA time zone, for plans that are begun from now on.' })
  timeZone?: string | null;
}

@InputType({ description: 'Settings of an organisation. Give the reason.' })
export class ChangeSettingsInput extends OrganisationInput {
  @Field(() => ControlSettingsInput, { description: 'Those to change.' })
  settings!: ControlSettingsInput;
}

@InputType({ description: 'Wordings of one party.' })
export class MergePartiesInput extends OrganisationInput {
  @Field(() => ID, { description: 'The wording that stands for the party.' })
  intoId!: string;
  @Field(() => [ID], { description: 'Wordings that mean it too. They stay as printed.' })
  partyIds!: string[];
}

@InputType({ description: 'A timeframe whose meaning is to be kept no longer.' })
export class WithdrawWordingInput extends OrganisationInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'The wording.' })
  text!: string;
}

@InputType({ description: 'A cell whose parties are to be kept no longer.' })
export class WithdrawPartyCellInput extends OrganisationInput {
  @MultiLine(MAX_LONG)
  @Field(() => String, { description: 'The cell.' })
  text!: string;
}

@InputType({ description: 'A wording that means a party of its own.' })
export class SeparatePartyInput extends OrganisationInput {
  @Field(() => ID, { description: 'The wording.' })
  partyId!: string;
}

@InputType({
  description: 'A report on a period that is over, over the plans of an organisation and of those under it.',
})
export class IssueOrganisationReportInput extends OrganisationInput {
  @Field(() => PeriodReportKindEnum, { description: 'Month, quarter, or half-year or year of schools.' })
  kind!: PeriodReportKind;
  @Field(() => DateScalar, { description: 'Any day of the period.' })
  day!: string;
  @MultiLine(MAX_LONG)
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note?: string | null;
}
