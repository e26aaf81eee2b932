import { Field, ID, InputType, Int } from 'type-graphql';
import type { PartyKind } from '../../domain/parties.js';
import type { Schedule } from '../../domain/schedule.js';
import { MAX_EXTERNAL_ID, MAX_LONG, MAX_NUMBER, MAX_REASON, MAX_SHORT } from '../../domain/texts.js';
import { apiError } from '../errors.js';
import { DateScalar } from '../scalars.js';
import { MultiLine, SingleLine } from '../texts/rules.js';
import { DocumentTypeEnum, PartyKindEnum, QuotaUnitEnum, RouteKindEnum, ScheduleKindEnum } from '../types/enums.js';

@InputType({ description: 'Days from start to end, both included.' })
export class WindowInput {
  @Field(() => DateScalar, { description: 'First day.' })
  start!: string;
  @Field(() => DateScalar, { description: 'Last day.' })
  end!: string;
}

@InputType({ description: 'An order or other document.' })
export class DocumentInput {
  @Field(() => DocumentTypeEnum, { description: 'Kind of the document.' })
  type!: 'order' | 'directive' | 'resolution' | 'protocol' | 'regulation' | 'letter' | 'other';
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Who issued it.' })
  issuer?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Its date.' })
  date?: string | null;
  @SingleLine(MAX_NUMBER)
  @Field(() => String, { nullable: true, description: 'Its number.' })
  number?: string | null;
}

@InputType({ description: 'What a decision rests on: a document, or expressly none.' })
export class BasisInput {
  @Field(() => DocumentInput, { nullable: true, description: 'The document: its number and date are required.' })
  document?: DocumentInput | null;
  @Field(() => Boolean, { nullable: true, description: 'True says expressly that there is no document.' })
  withoutDocument?: boolean | null;
}

@InputType({ description: 'A place in a list: exactly one of the fields.' })
export class PlaceInput {
  @Field(() => Boolean, { nullable: true, description: 'True: before all others.' })
  first?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'True: after all others.' })
  last?: boolean | null;
  @Field(() => ID, { nullable: true, description: 'After this activity or section.' })
  after?: string | null;
}

/**
 * Returns the place that an input names; the last one when it is left out.
 *
 * @throws GraphQLError BAD_USER_INPUT unless it names exactly one place
 */
export function chosenPlace(place: PlaceInput | null | undefined): 'first' | 'last' | { readonly after: string } {
  const { first, last, after } = place ?? { last: true };
  const [chosen, ...others] = [
    ...(first ? ['first' as const] : []),
    ...(last ? ['last' as const] : []),
    ...(after ? [{ after }] : []),
  ];
  if (chosen !== undefined && others.length === 0) return chosen;
  throw apiError('BAD_USER_INPUT', 'A place is exactly one of { first: true }, { last: true } and { after: ID }.');
}

/** Options of the argument of every mutation. */
export const COMMAND = { description: 'The command.' };

/** Options of the field `externalId` of commands that begin a plan. */
export const EXTERNAL_ID = {
  nullable: true,
  description:
    'Id of the plan in another system, unique in the organisation. A repeat without commandId does nothing again.',
};

/** Options of the field `externalId` of commands that add something to a plan. */
export const PART_EXTERNAL_ID = {
  nullable: true,
  description: 'Its id in another system, unique in the plan. A repeat without commandId does nothing again.',
};

/** The common fields of every command input. */
@InputType({ description: 'What every command may carry.' })
export class CommandInput {
  @SingleLine(100)
  @Field(() => String, {
    nullable: true,
    description: 'Chosen by the caller. A repeat does nothing again: see `repeated`.',
  })
  commandId?: string | null;
  @Field(() => Int, { nullable: true, description: 'Refuse when others changed it after this revision.' })
  expectedRevision?: number | null;
  @MultiLine(MAX_REASON)
  @Field(() => String, { nullable: true, description: 'Why; required for changes of a plan after its approval.' })
  reason?: string | null;
  @Field(() => BasisInput, { nullable: true, description: 'On what order.' })
  basis?: BasisInput | null;
  @Field(() => DateScalar, { nullable: true, description: 'Local day from which the change takes effect.' })
  effectiveOn?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Answer with the proofs that its events are in the signed log: within a second or so.',
  })
  receipt?: boolean | null;
}

@InputType({ description: 'A command on a plan.' })
export class PlanInput extends CommandInput {
  @Field(() => ID, { description: 'The plan.' })
  planId!: string;
}

@InputType({ description: 'A command on an activity.' })
export class ActivityInput extends CommandInput {
  @Field(() => ID, { description: 'The activity.' })
  activityId!: string;
}

@InputType({ description: 'A command on a section.' })
export class SectionInput extends CommandInput {
  @Field(() => ID, { description: 'The section.' })
  sectionId!: string;
}

@InputType({ description: 'A command on a report.' })
export class ReportInput extends CommandInput {
  @Field(() => ID, { description: 'The report.' })
  reportId!: string;
}

@InputType({ description: 'A command on a request for another term.' })
export class RequestInput extends CommandInput {
  @Field(() => ID, { description: 'The request.' })
  requestId!: string;
}

@InputType({ description: 'A schedule stated by its author; give the fields of its kind.' })
export class ScheduleInput {
  @Field(() => ScheduleKindEnum, { description: 'Kind of schedule.' })
  kind!: Schedule['kind'];
  @Field(() => [WindowInput], { nullable: true, description: 'For DATES; for THROUGHOUT one.' })
  windows?: WindowInput[] | null;
  @Field(() => [DateScalar], { nullable: true, description: 'For DEADLINE.' })
  dates?: string[] | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, {
    nullable: true,
    description: 'For RECURRING: an RFC 5545 rule such as FREQ=MONTHLY;BYDAY=3MO.',
  })
  rule?: string | null;
  @Field(() => Int, { nullable: true, description: 'For QUOTA: how many.' })
  count?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'For QUOTA: at least so many.' })
  atLeast?: boolean | null;
  @Field(() => QuotaUnitEnum, { nullable: true, description: 'For QUOTA: per what.' })
  per?: Extract<Schedule, { kind: 'quota' }>['per'] | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'For QUOTA: the counted thing.' })
  noun?: string | null;
}

@InputType({ description: 'A timeframe: its wording, read by the rules unless a schedule is stated.' })
export class TimeframeInput {
  @MultiLine(MAX_SHORT)
  @Field(() => String, { description: 'The wording, such as «до 15 октября 2020 г.».' })
  text!: string;
  @Field(() => ScheduleInput, { nullable: true, description: 'Its meaning, when the author states it.' })
  schedule?: ScheduleInput | null;
}

/** Options of the field for parties that the author of a row states. */
export const STATED_PARTIES = {
  nullable: true,
  description: 'Who is named in `responsible`, in order. Left out: as the organisation or else the rules read it.',
} as const;

@InputType({
  description: 'A responsible party as the author of a row states it; what is left out is read from its name.',
})
export class PartyInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => PartyKindEnum, { nullable: true, description: 'What it is.' })
  kind?: PartyKind | null;
  @Field(() => Boolean, { nullable: true, description: '«по согласованию»: takes part by consent.' })
  agreement?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: '«совместно с».' })
  joint?: boolean | null;
}

@InputType({ description: 'A row of a plan.' })
export class ActivityContentInput {
  @Field(() => ID, { description: 'The section it goes into.' })
  sectionId!: string;
  @Field(() => PlaceInput, { nullable: true, description: 'Its place in the section; left out: last.' })
  place?: PlaceInput | null;
  @SingleLine(MAX_NUMBER)
  @Field(() => String, { nullable: true, description: 'Number; left out: the next one; null: none.' })
  number?: string | null;
  @SingleLine(MAX_LONG)
  @Field(() => String, { description: 'Head of the cell.' })
  title!: string;
  @MultiLine(MAX_LONG)
  @Field(() => [String], { nullable: true, description: 'Sub-items in order.' })
  subItems?: string[] | null;
  @Field(() => TimeframeInput, { description: 'When.' })
  timeframe!: TimeframeInput;
  @MultiLine(MAX_LONG)
  @Field(() => String, { description: 'Responsible parties as printed, parted by commas.' })
  responsible!: string;
  @Field(() => [PartyInput], STATED_PARTIES)
  parties?: PartyInput[] | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, PART_EXTERNAL_ID)
  externalId?: string | null;
}

@InputType({ description: 'A stamp that is given now.' })
export class StampInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Post of the person who stamps.' })
  post!: string;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Their organisation.' })
  organisation?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Their name.' })
  person?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Left out: not stated.' })
  date?: string | null;
  @Field(() => DocumentInput, { nullable: true, description: 'The document of the stamp.' })
  document?: DocumentInput | null;
}

@InputType({ description: 'One step of the way to approval.' })
export class RouteStepInput {
  @Field(() => RouteKindEnum, { description: 'Whether the body agrees, accepts or considers.' })
  kind!: 'agree' | 'accept' | 'consider';
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Whose step it is: a post, or the name of a council.' })
  post!: string;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Their organisation.' })
  organisation?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Steps of one stage agree in any order; left out: a stage of its own after the step before.',
  })
  stage?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'A council: its stamp names number and date of the protocol.' })
  isCouncil?: boolean | null;
}
