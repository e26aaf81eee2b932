import { Field, ID, Int, ObjectType } from 'type-graphql';
import { availableActions } from '../../application/actions.js';
import type { PlacedStamp } from '../../domain/approval.js';
import type { PeriodReport } from '../../domain/indicators/periodReport.js';
import type { ControlSettings } from '../../domain/settings.js';
import { type PlanBody, plans, type SectionBody } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { DateWindow, DocumentRef, IrregularityType, irregularityType, Node, STALE } from './common.js';
import { PeriodKindEnum, PlanStatusEnum, RouteKindEnum, StampKindEnum, StampStateEnum } from './enums.js';
import { ControlSettingsType } from './organisation.js';

@ObjectType('Stamp', { description: 'A stamp (гриф) of approval or agreement.' })
export class StampType {
  constructor(
    private readonly context: Context,
    private readonly stamp: PlacedStamp,
  ) {}

  @Field(() => StampKindEnum, { description: 'What it says.' })
  get kind(): string {
    return this.stamp.kind;
  }
  @Field(() => String, { description: 'Its word as printed.' })
  get marker(): string {
    return this.stamp.marker;
  }
  @Field(() => String, { description: 'Post of the person who stamps.' })
  get post(): string {
    return this.stamp.post;
  }
  @Field(() => String, { nullable: true, description: 'Organisation on the stamp, if stated.' })
  get organisation(): string | null {
    return this.stamp.organisation;
  }
  // A getter, because each reading of a name is recorded.
  @Field(() => String, { nullable: true, description: 'Their name as printed; «…» when the caller may not see it.' })
  get person(): string | null {
    return this.stamp.person && this.context.names.print(this.stamp.person);
  }
  @Field(() => DateScalar, { nullable: true, description: 'Null is «not stated».' })
  get date(): string | null {
    return this.stamp.date;
  }
  @Field(() => DocumentRef, { nullable: true, description: 'The document of the stamp.' })
  get document(): DocumentRef | null {
    return this.stamp.document;
  }
  @Field(() => StampStateEnum, { description: 'Where it comes from.' })
  get state(): string {
    return this.stamp.state;
  }
}

@ObjectType('RouteStep', { description: 'One body on the way to approval.' })
export class RouteStepType {
  @Field(() => RouteKindEnum, { description: 'Whether the body agrees, accepts or considers.' })
  kind!: string;
  @Field(() => String, { description: 'Whose step it is: a post, or the name of a council.' })
  post!: string;
  @Field(() => String, { nullable: true, description: 'Their organisation.' })
  organisation!: string | null;
  @Field(() => Int, { description: 'Steps of one stage agree in any order, and before those of the next.' })
  stage!: number;
  @Field(() => Boolean, { description: 'A council, which decides by protocol.' })
  isCouncil!: boolean;
  @Field(() => Boolean, { description: 'The step is done.' })
  done!: boolean;
}

@ObjectType('ImportSource', { description: 'The document a plan was imported from.' })
export class ImportSourceType {
  @Field(() => String, { description: 'Name of the file.' })
  fileName!: string;
  @Field(() => String, { description: 'SHA-256 of its bytes, hex.' })
  sha256!: string;
  @Field(() => String, { description: 'Reader and its version.' })
  reader!: string;
  @Field(() => [IrregularityType], { description: 'What the reader noticed about the document as a whole.' })
  irregularities!: readonly IrregularityType[];
}

@ObjectType('Section', { implements: Node, description: 'A section (раздел) of a plan.' })
export class SectionType extends Node {
  /** Key of the section in child lists: plan id and section id. */
  readonly key: string;

  constructor(
    readonly context: Context,
    planId: string,
    private readonly body: SectionBody,
  ) {
    super();
    this.id = context.idOf('section', planId, body.id);
    this.key = `${planId}.${body.id}`;
  }

  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  get ordinal(): number {
    return this.body.ordinal;
  }
  @Field(() => String, { description: 'Its number as printed, such as «III.».' })
  get numberText(): string {
    return this.body.numberText;
  }
  @Field(() => String, { description: 'Its title as printed.' })
  get title(): string {
    return this.body.title;
  }
  @Field(() => String, { nullable: true, description: 'Its id in another system, unique in the plan.' })
  get externalId(): string | null {
    return this.body.externalId;
  }
}

@ObjectType('Plan', { implements: Node, description: 'A plan of work of one unit for one period.' })
export class PlanType extends Node {
  // Getters compute fields on demand.
  constructor(
    readonly context: Context,
    private readonly body: PlanBody,
  ) {
    super();
    this.id = context.idOf('plan', body.planId);
  }

  @Field(() => String, { description: 'Title as printed.' })
  get title(): string {
    return this.body.title;
  }
  @Field(() => String, { description: 'What the document calls itself.' })
  get documentKind(): string {
    return this.body.documentKind;
  }
  @Field(() => String, { description: 'The unit that owns the plan.' })
  get ownerUnit(): string {
    return this.body.ownerUnit;
  }
  @Field(() => String, { nullable: true, description: 'The institution the unit belongs to.' })
  get institution(): string | null {
    return this.body.institution;
  }
  @Field(() => DateWindow, { nullable: true, description: 'Its period; may be missing in a draft.' })
  get period(): DateWindow | null {
    return this.body.period;
  }
  @Field(() => PeriodKindEnum, { nullable: true, description: 'What its period is; null without one.' })
  get periodKind(): string | null {
    return this.body.periodKind;
  }
  @Field(() => String, { nullable: true, description: 'The period as printed.' })
  get periodText(): string | null {
    return this.body.periodText;
  }
  @Field(() => ID, { nullable: true, description: 'Id of the organisation that owns it.' })
  get organisationId(): string | null {
    return this.body.organisationId && globalId('organisation', this.body.organisationId);
  }
  @Field(() => String, { nullable: true, description: 'Its id in another system, unique in the organisation.' })
  get externalId(): string | null {
    return this.body.externalId;
  }
  @Field(() => ControlSettingsType, {
    nullable: true,
    description: 'The rules it is controlled by: stamped in at approval; null as long as it has none.',
  })
  get settings(): ControlSettings | null {
    return this.body.settings;
  }
  @Field(() => String, { description: 'IANA time zone: it says which local day it is.' })
  get timeZone(): string {
    return this.body.timeZone;
  }
  @Field(() => DateScalar, {
    description:
      'Today in its time zone: the day that `timing` is counted from. Of a past state, the day of that state.',
  })
  get today(): string {
    return this.context.day(null, this.body.timeZone);
  }
  @Field(() => PlanStatusEnum, { description: 'Status of the plan.' })
  get status(): string {
    return this.body.status;
  }
  @Field(() => [String], {
    description:
      'Mutations that the caller may give to a plan in this status; the details of one may still be refused.',
  })
  get availableActions(): readonly string[] {
    return availableActions(this.context.principal.role, this.body.status);
  }
  @Field(() => Int, { description: 'Edition (редакция): 0 before approval, then 1, one more with each amendment.' })
  get edition(): number {
    return this.body.edition;
  }
  @Field(() => [StampType], { description: 'Its stamps in their printed order, which is not rank.' })
  get stamps(): readonly StampType[] {
    return this.body.stamps.map((stamp) => new StampType(this.context, stamp));
  }
  @Field(() => [RouteStepType], { description: 'The way to approval that it was submitted with.' })
  get route(): readonly RouteStepType[] {
    return this.body.route.map((step, index) => ({ ...step, done: this.body.agreedSteps.includes(index + 1) }));
  }
  @Field(() => String, { nullable: true, description: 'Why it was last returned.' })
  get remarks(): string | null {
    return this.body.remarks;
  }
  @Field(() => DateScalar, { nullable: true, description: 'Points due before this day are not tracked.' })
  get underControlFrom(): string | null {
    return this.body.underControlFrom;
  }
  @Field(() => ImportSourceType, { nullable: true, description: 'Where it was imported from.' })
  get imported(): ImportSourceType | null {
    const { imported } = this.body;
    return imported && { ...imported, irregularities: imported.irregularities.map(irregularityType) };
  }
  @Field(() => ID, { nullable: true, description: 'Id of the plan that it was copied from.' })
  get copiedFromId(): string | null {
    return this.body.copiedFrom && globalId('plan', this.body.copiedFrom.planId);
  }
  /** The sections of the plan in order. */
  get sections(): readonly SectionType[] {
    return this.body.sections.map((section) => new SectionType(this.context, this.body.planId, section));
  }
  @Field(() => Int, { description: 'How many activities it has.' })
  get activityCount(): number {
    return this.body.activityCount;
  }
  @Field(() => Int, { description: 'How many of them ask for a look.' })
  get reviewCount(): number {
    return this.body.reviewCount;
  }
  @Field(() => Int, { description: 'Revision of its last event: give it as `expectedRevision`.' })
  get revision(): number {
    return this.body.revision;
  }
  @Field(() => DateTimeScalar, { description: 'When it was begun here.' })
  get createdAt(): string {
    return this.body.createdAt;
  }
  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  get updatedAt(): string {
    return this.body.updatedAt;
  }
  @Field(() => DateTimeScalar, STALE)
  get staleSince(): string | null {
    return this.context.health.staleSince(plans, this.body.planId, this.body.planId);
  }

  get planId(): string {
    return this.body.planId;
  }

  get issuedReports(): readonly PeriodReport[] {
    return this.body.periodReports;
  }
}
