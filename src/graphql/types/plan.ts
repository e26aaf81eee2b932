import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PeriodReport } from '../../domain/indicators/periodReport.js';
import type { ControlSettings } from '../../domain/settings.js';
import { type PlanBody, plans, type SectionBody } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { DateWindow, DocumentRef, IrregularityType, Node, STALE } from './common.js';
import { PlanStatusEnum, RouteKindEnum, StampKindEnum } from './enums.js';
import { ControlSettingsType } from './organisation.js';

@ObjectType('Stamp', { description: 'A stamp (гриф) of approval or agreement.' })
export class StampType {
  @Field(() => StampKindEnum, { description: 'What it says.' })
  kind!: string;
  @Field(() => String, { description: 'Its word as printed.' })
  marker!: string;
  @Field(() => String, { description: 'Post of whoever stamps.' })
  post!: string;
  @Field(() => String, { nullable: true, description: 'Their organisation, where it is told.' })
  organisation!: string | null;
  @Field(() => String, { nullable: true, description: 'Their name as printed; «…» when the caller may not see it.' })
  person!: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Null is «not stated».' })
  date!: string | null;
  @Field(() => DocumentRef, { nullable: true, description: 'The document of the stamp.' })
  document!: DocumentRef | null;
  @Field(() => String, { description: 'PRINTED on the document, GIVEN here, or printed and CONFIRMED.' })
  state!: string;
}

@ObjectType('RouteStep', { description: 'One body on the way to approval.' })
export class RouteStepType {
  @Field(() => RouteKindEnum, { description: 'What the step does.' })
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

@ObjectType({ implements: Node, description: 'A section (раздел) of a plan.' })
export class Section extends Node {
  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  ordinal!: number;
  @Field(() => String, { description: 'Its number as printed, such as «III.».' })
  numberText!: string;
  @Field(() => String, { description: 'Its title as printed.' })
  title!: string;
  key!: string;
  context!: Context;
}

@ObjectType({ implements: Node, description: 'A plan of work of one unit for one period.' })
export class Plan extends Node {
  @Field(() => String, { description: 'Title as printed.' })
  title!: string;
  @Field(() => String, { description: 'What the document calls itself.' })
  documentKind!: string;
  @Field(() => String, { description: 'The unit that keeps the plan.' })
  ownerUnit!: string;
  @Field(() => String, { nullable: true, description: 'The institution the unit belongs to.' })
  institution!: string | null;
  @Field(() => DateWindow, { nullable: true, description: 'Its period; may be missing in a draft.' })
  period!: DateWindow | null;
  @Field(() => String, { nullable: true, description: 'SCHOOL_YEAR, CALENDAR_YEAR or OTHER.' })
  periodKind!: string | null;
  @Field(() => String, { nullable: true, description: 'The period as printed.' })
  periodText!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the organisation that keeps it.' })
  organisationId!: string | null;
  @Field(() => ControlSettingsType, {
    nullable: true,
    description: 'The rules it is controlled by: stamped in at approval; null as long as it has none.',
  })
  settings!: ControlSettings | null;
  @Field(() => String, { description: 'IANA time zone: it says which local day it is.' })
  timeZone!: string;
  @Field(() => PlanStatusEnum, { description: 'Where the plan stands.' })
  status!: string;
  @Field(() => Int, { description: 'Edition (редакция): 0 before approval, then 1, one more with each amendment.' })
  edition!: number;
  @Field(() => [StampType], { description: 'Its stamps in their printed order, which is not rank.' })
  stamps!: readonly StampType[];
  @Field(() => [RouteStepType], { description: 'The way to approval that it was submitted with.' })
  route!: readonly RouteStepType[];
  @Field(() => String, { nullable: true, description: 'Why it was last returned.' })
  remarks!: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Points due before this day are not tracked.' })
  underControlFrom!: string | null;
  @Field(() => ImportSourceType, { nullable: true, description: 'Where it was imported from.' })
  imported!: ImportSourceType | null;
  @Field(() => ID, { nullable: true, description: 'Id of the plan that it was copied from.' })
  copiedFromId!: string | null;
  @Field(() => [Section], { description: 'Its sections in order.' })
  sections!: readonly Section[];
  @Field(() => Int, { description: 'How many activities it has.' })
  activityCount!: number;
  @Field(() => Int, { description: 'How many of them ask for a look.' })
  reviewCount!: number;
  @Field(() => Int, { description: 'Revision of its last event: give it as `expectedRevision`.' })
  revision!: number;
  @Field(() => DateTimeScalar, { description: 'When it was begun here.' })
  createdAt!: string;
  @Field(() => DateTimeScalar, { description: 'When it last changed.' })
  updatedAt!: string;
  @Field(() => DateTimeScalar, STALE)
  staleSince!: string | null;
  issuedReports!: readonly PeriodReport[];
  context!: Context;
}

/** The GraphQL form of a plan. */
export function planType(context: Context, body: PlanBody): Plan {
  const { periodReports: issuedReports, copiedFrom, ...rest } = body;
  return {
    ...rest,
    id: globalId('plan', body.planId),
    context,
    issuedReports,
    copiedFromId: copiedFrom && globalId('plan', copiedFrom.planId),
    organisationId: body.organisationId && globalId('organisation', body.organisationId),
    staleSince: context.staleSince(plans, body.planId, body.planId),
    stamps: body.stamps.map((stamp) => ({ ...stamp, person: stamp.person && context.print(stamp.person) })),
    route: body.route.map((step, index) => ({ ...step, done: body.agreedSteps.includes(index + 1) })),
    sections: body.sections.map((section) => sectionType(context, body.planId, section)),
  };
}

export function sectionType(context: Context, planId: string, section: SectionBody): Section {
  return { ...section, context, id: globalId('section', planId, section.id), key: `${planId}.${section.id}` };
}
