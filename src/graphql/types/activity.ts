import { Field, ID, Int, ObjectType } from 'type-graphql';
import { asksForReview } from '../../domain/irregularities.js';
import type { ActivityStanding } from '../../domain/plan/capability.js';
import { activityIdOf, type Report, type RescheduleRequest } from '../../domain/plan.js';
import { notation, type Schedule, type Timeframe } from '../../domain/schedule.js';
import { readingText } from '../../domain/scheduleText.js';
import type { TimingKey } from '../../domain/timing.js';
import { type ActivityBody, activities } from '../../projections/activities.js';
import type { Context } from '../context.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { TimeframeFlagEnum } from './codes.js';
import { CitedDocumentRef, IrregularityType, irregularityType, Node, STALE } from './common.js';
import { ConfidenceEnum, EvidenceEnum, ReportStatusEnum, RequestStatusEnum, ScheduleKindEnum } from './enums.js';
import { AccountableType, ResponsiblePartyType } from './party.js';

@ObjectType('Schedule', { description: 'What a printed timeframe means.' })
export class ScheduleType {
  @Field(() => ScheduleKindEnum, { description: 'Kind of schedule.' })
  kind!: string;
  @Field(() => String, { description: 'Its data in one line: windows A/B, ../D, RRULE:…, N/unit.' })
  interpretation!: string;
  @Field(() => String, { description: 'Its meaning in words, in the language of the caller.' })
  meaning!: (args: unknown, context: Context) => string;
}

@ObjectType('Timeframe', { description: 'A timeframe (срок) as printed, with what was understood of it.' })
export class TimeframeType {
  constructor(private readonly timeframe: Timeframe) {}

  @Field(() => String, { description: 'The wording as printed; it is kept for ever.' })
  get text(): string {
    return this.timeframe.text;
  }
  @Field(() => ScheduleType, { description: 'The main reading.' })
  get schedule(): ScheduleType {
    return scheduleType(this.timeframe.schedule);
  }
  @Field(() => ConfidenceEnum, { description: 'How certain the reading is.' })
  get confidence(): string {
    return this.timeframe.confidence;
  }
  @Field(() => [ScheduleType], { description: 'Other readings that are also possible.' })
  get alternatives(): readonly ScheduleType[] {
    return this.timeframe.alternatives.map(scheduleType);
  }
  @Field(() => [TimeframeFlagEnum], { description: 'Remarks of the reading.' })
  get flags(): readonly string[] {
    return this.timeframe.flags;
  }
  @Field(() => String, { nullable: true, description: 'Words of the text that are no time; null for none.' })
  get residue(): string | null {
    return this.timeframe.residue ?? null;
  }
  @Field(() => String, {
    description: 'Version of the rules; «own» for a wording of the organisation, «stated» by a person.',
  })
  get rules(): string {
    return this.timeframe.rules;
  }
}

@ObjectType('EvidenceLink', { description: 'A file or page that shows the work.' })
export class EvidenceLinkType {
  @Field(() => String, { description: 'What it is.' })
  title!: string;
  @Field(() => String, { description: 'Its address.' })
  url!: string;
  @Field(() => String, { nullable: true, description: 'SHA-256 of its bytes, hex.' })
  sha256!: string | null;
}

/** The place where the steps of a report or a request are recorded. */
export interface StepSource {
  readonly context: Context;
  readonly activityKey: string;
  /** Id of the report or request within its plan. */
  readonly localId: string;
}

@ObjectType('Report', { implements: Node, description: 'An execution report (отчёт об исполнении).' })
export class ReportType extends Node {
  @Field(() => ReportStatusEnum, { description: 'Its status.' })
  status!: Report['status'];
  @Field(() => [ID], { description: 'The control points it is about.' })
  pointIds!: readonly string[];
  @Field(() => String, { description: 'What was done.' })
  text!: string;
  @Field(() => [EvidenceLinkType], { description: 'What shows it.' })
  evidence!: readonly EvidenceLinkType[];
  @Field(() => DateScalar, { description: 'The day on which the work was done.' })
  actualOn!: string;
  @Field(() => Boolean, { description: 'An interim report informs and never closes.' })
  interim!: boolean;
  @Field(() => Boolean, { description: 'Submitted after the plan was closed.' })
  late!: boolean;
  @Field(() => DateScalar, { description: 'Local day on which it was submitted.' })
  submittedOn!: string;
  @Field(() => Int, { description: 'The edition of the plan that it was made under.' })
  edition!: number;
  /** Id of the actor. */
  submittedBy!: string;
  planId!: string;
  source!: StepSource;
}

@ObjectType('Progress', { description: 'A part of the work that is done; it informs and never closes.' })
export class ProgressType {
  @Field(() => ID, { description: 'The control point.' })
  pointId!: string;
  @Field(() => DateScalar, { description: 'The day on which it was done.' })
  actualOn!: string;
  @Field(() => Int, { nullable: true, description: 'How many of a quota.' })
  count!: number | null;
  @Field(() => Int, { nullable: true, description: 'Which sub-item, from 1.' })
  subItem!: number | null;
  @Field(() => DateScalar, { nullable: true, description: 'When the executor then expected to be done.' })
  expectedOn!: string | null;
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note!: string | null;
}

@ObjectType('RescheduleRequest', {
  implements: Node,
  description: 'A request for another term (просьба о переносе срока); it changes nothing before it is granted.',
})
export class RescheduleRequestType extends Node {
  @Field(() => RequestStatusEnum, { description: 'Its status.' })
  status!: string;
  @Field(() => TimeframeType, { description: 'The term that is asked for.' })
  timeframe!: TimeframeType;
  @Field(() => DateScalar, { description: 'Local day on which it was made.' })
  requestedOn!: string;
  @Field(() => Boolean, { description: 'Made after a due day that it is about had passed.' })
  late!: boolean;
  planId!: string;
  source!: StepSource;
}

@ObjectType('Activity', { implements: Node, description: 'A row of the plan (мероприятие).' })
export class ActivityType extends Node {
  // Getters compute fields on demand: a page of 300 activities usually selects few fields.
  constructor(
    readonly context: Context,
    private readonly body: ActivityBody,
  ) {
    super();
    this.id = context.idOf('activity', body.planId, body.id);
  }

  @Field(() => String, { nullable: true, description: 'Number as printed: a label, not a key.' })
  get number(): string | null {
    return this.body.number;
  }
  @Field(() => String, { description: 'Head of the cell without its sub-items.' })
  get title(): string {
    return this.body.title;
  }
  @Field(() => String, { description: 'The whole cell as printed.' })
  get text(): string {
    return this.body.text;
  }
  @Field(() => [String], { description: 'Sub-items (подпункты) in order.' })
  get subItems(): readonly string[] {
    return this.body.subItems;
  }
  @Field(() => ID, { description: 'Id of its section.' })
  get sectionId(): string {
    return this.context.idOf('section', this.planId, this.body.sectionId);
  }
  @Field(() => TimeframeType, { description: 'Its timeframe.' })
  get timeframe(): TimeframeType {
    return new TimeframeType(this.body.timeframe);
  }
  @Field(() => String, { description: 'The responsible parties as printed.' })
  get responsibleText(): string {
    return this.context.names.print(this.body.responsible.text);
  }
  @Field(() => [ResponsiblePartyType], { description: 'The responsible parties in order.' })
  get responsible(): readonly ResponsiblePartyType[] {
    const { responsible, partyIds, planId } = this.body;
    return responsible.parties.map(
      (party, index) => new ResponsiblePartyType(this.context, party, index, partyIds[index] ?? '', planId),
    );
  }
  @Field(() => AccountableType, { description: 'Who reports for it.' })
  get accountable(): AccountableType {
    return new AccountableType(this.context, this.body.accountable);
  }
  @Field(() => [CitedDocumentRef], { description: 'Documents cited in its text.' })
  get references(): readonly CitedDocumentRef[] {
    return this.body.references;
  }
  @Field(() => Boolean, { description: 'Excluded after approval: it keeps its number.' })
  get excluded(): boolean {
    return this.body.excluded;
  }
  @Field(() => EvidenceEnum, { description: 'What is known of the work: what waits for somebody first.' })
  get evidence(): string {
    return this.body.evidence;
  }
  @Field(() => DateScalar, { nullable: true, description: 'The earliest day still due, else the last one.' })
  get due(): string | null {
    return this.body.due;
  }
  @Field(() => Boolean, { description: 'Asks for a look: see reviewReasons and timeframe.alternatives.' })
  get needsReview(): boolean {
    return this.body.needsReview;
  }
  @Field(() => [IrregularityType], { description: 'What a human should look at in its text.' })
  get reviewReasons(): readonly IrregularityType[] {
    return this.body.irregularities.filter(asksForReview).map(irregularityType);
  }
  @Field(() => [IrregularityType], { description: 'All that the reader noticed.' })
  get irregularities(): readonly IrregularityType[] {
    return this.body.irregularities.map(irregularityType);
  }
  @Field(() => String, { nullable: true, description: 'Line or cell of the document it was read from.' })
  get source(): string | null {
    return this.body.source;
  }
  @Field(() => String, { nullable: true, description: 'Its id in another system, unique in its plan.' })
  get externalId(): string | null {
    return this.body.externalId;
  }
  @Field(() => [ReportType], { description: 'Its reports in order.' })
  get reports(): readonly ReportType[] {
    return this.body.reports.map((report) => reportType(this.context, this.planId, report));
  }
  @Field(() => [RescheduleRequestType], { description: 'Requests for another term, in order.' })
  get requests(): readonly RescheduleRequestType[] {
    return this.body.requests.map((request) => requestType(this.context, this.planId, request));
  }
  @Field(() => [ProgressType], { description: 'Parts of the work that are done, in order.' })
  get progress(): readonly ProgressType[] {
    return this.body.progress.map((each) => ({
      ...each,
      pointId: this.context.idOf('point', this.planId, each.pointId),
    }));
  }
  @Field(() => DateTimeScalar, { description: 'When it last changed, or all activities of its plan did.' })
  get updatedAt(): string {
    return this.body.updatedAt;
  }
  @Field(() => DateTimeScalar, STALE)
  get staleSince(): string | null {
    return this.context.health.staleSince(activities, this.planId, this.key);
  }

  get planId(): string {
    return this.body.planId;
  }

  /** The state on which the actions of a caller depend. */
  get standing(): ActivityStanding {
    return this.body;
  }

  get key(): string {
    return `${this.planId}.${this.body.id}`;
  }

  get timeZone(): string {
    return this.body.timeZone;
  }

  get timingKey(): TimingKey {
    return this.body.timingKey;
  }
}

/** Returns the GraphQL object of a request for another term. */
export function requestType(context: Context, planId: string, request: RescheduleRequest): RescheduleRequestType {
  return {
    ...request,
    planId,
    id: context.idOf('request', planId, request.id),
    timeframe: new TimeframeType(request.timeframe),
    source: stepSource(context, planId, request.id),
  };
}

/** Returns the GraphQL object of a schedule. */
export function scheduleType(schedule: Schedule): ScheduleType {
  const { kind, interpretation } = notation(schedule);
  return {
    kind: schedule.kind,
    interpretation,
    meaning: (_, { language }) => readingText({ kind, interpretation }, language),
  };
}

/** Returns the GraphQL object of an execution report. */
export function reportType(context: Context, planId: string, report: Report): ReportType {
  const pointIds = report.points.map(({ pointId }) => context.idOf('point', planId, pointId));
  const source = stepSource(context, planId, report.id);
  return { ...report, planId, id: context.idOf('report', planId, report.id), pointIds, source };
}

function stepSource(context: Context, planId: string, localId: string): StepSource {
  return { context, activityKey: `${planId}.${activityIdOf(localId)}`, localId };
}
