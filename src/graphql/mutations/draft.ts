import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { FIRST } from '../../domain/plan/drafting/addSection.js';
import { refuse } from '../../domain/refusal.js';
import { MAX_EXTERNAL_ID, MAX_NUMBER, MAX_SHORT, MAX_TITLE } from '../../domain/texts.js';
import type { Context } from '../context.js';
import { localId, optionalUuid, parseId } from '../ids.js';
import { visiblePlan } from '../scope/plans.js';
import { SingleLine } from '../texts/rules.js';
import {
  ActivityInput,
  COMMAND,
  CommandInput,
  chosenPlace,
  EXTERNAL_ID,
  PART_EXTERNAL_ID,
  PlaceInput,
  PlanInput,
  SectionInput,
  WindowInput,
} from './inputs.js';
import { keyedPlanTarget, newPartTarget, runKeyedCommand } from './keyed.js';
import { ActivityPayload, CommandPayload, SectionPayload } from './payloads.js';
import { refusedBy, runPlanCommand } from './run.js';

@InputType({ description: 'A new plan.' })
class DraftPlanInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: 'The organisation that owns it. The plan gets its time zone.' })
  organisationId?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Title.' })
  title!: string;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, defaultValue: 'план работы', description: 'What the document calls itself.' })
  documentKind?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'The unit that owns the plan.' })
  ownerUnit!: string;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'The institution it belongs to.' })
  institution?: string | null;
  @Field(() => WindowInput, { nullable: true, description: 'Its period; may be missing in a draft.' })
  period?: WindowInput | null;
  @SingleLine(100)
  @Field(() => String, { nullable: true, description: 'IANA time zone; left out: that of the server.' })
  timeZone?: string | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, EXTERNAL_ID)
  externalId?: string | null;
}

@InputType({ description: 'The data above the table. Omitted fields are unchanged.' })
class ChangePlanDetailsInput extends PlanInput {
  @SingleLine(MAX_TITLE)
  @Field(() => String, { nullable: true, description: 'Title.' })
  title?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'The unit that owns the plan.' })
  ownerUnit?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'The institution.' })
  institution?: string | null;
  @Field(() => WindowInput, { nullable: true, description: 'Its period.' })
  period?: WindowInput | null;
}

@InputType({ description: 'A plan to begin as a copy of another one.' })
class CopyPlanInput extends CommandInput {
  @Field(() => ID, { description: 'The plan to copy, in its present state.' })
  fromPlanId!: string;
  @Field(() => WindowInput, {
    nullable: true,
    description: 'Its period; left out: the next one after that of the plan.',
  })
  period?: WindowInput | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Its title; left out: that of the plan with its years moved.' })
  title?: string | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, EXTERNAL_ID)
  externalId?: string | null;
}

@InputType({ description: 'The organisation that is to keep a plan.' })
class AssignPlanInput extends PlanInput {
  @Field(() => ID, { nullable: true, description: 'The organisation; left out: none.' })
  organisationId?: string | null;
}

@InputType({ description: 'A new section.' })
class AddSectionInput extends PlanInput {
  @SingleLine(MAX_TITLE)
  @Field(() => String, { description: 'Title.' })
  title!: string;
  @SingleLine(MAX_NUMBER)
  @Field(() => String, { nullable: true, description: 'Number as printed, such as «III.».' })
  numberText?: string | null;
  @Field(() => PlaceInput, { nullable: true, description: 'Its place in the plan; left out: last.' })
  place?: PlaceInput | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, PART_EXTERNAL_ID)
  externalId?: string | null;
}

@InputType({ description: 'Changes of a section; fields left out stay.' })
class ChangeSectionInput extends SectionInput {
  @SingleLine(MAX_TITLE)
  @Field(() => String, { nullable: true, description: 'Title.' })
  title?: string | null;
  @SingleLine(MAX_NUMBER)
  @Field(() => String, { nullable: true, description: 'Number as printed.' })
  numberText?: string | null;
}

@InputType({ description: 'A section to remove.' })
class RemoveSectionInput extends SectionInput {}

@InputType({ description: 'An activity to remove from a draft.' })
class RemoveActivityInput extends ActivityInput {}

@Resolver()
export class DraftMutations {
  @Mutation(() => CommandPayload, { description: 'Begins a plan.' })
  async draftPlan(@Ctx() context: Context, @Arg('input', () => DraftPlanInput, COMMAND) input: DraftPlanInput) {
    const { title, ownerUnit, documentKind, institution = null, period, timeZone, externalId = null } = input;
    const organisationId = optionalUuid(input.organisationId, 'organisation');
    const target = await keyedPlanTarget(context, input, organisationId);
    return runKeyedCommand(context, target, input, () => ({
      type: 'draftPlan',
      title,
      documentKind: documentKind ?? 'план работы',
      ownerUnit,
      institution,
      period: period ? { start: period.start, end: period.end } : null,
      organisationId,
      timeZone: timeZone ?? context.timeZone,
      externalId,
    }));
  }

  @Mutation(() => CommandPayload, {
    description:
      'Begins a plan as a copy of another one in the next period: years are moved, unfinished rows are marked, and whatever it was not sure of is a question (`needsReview`).',
  })
  async copyPlan(@Ctx() context: Context, @Arg('input', () => CopyPlanInput, COMMAND) input: CopyPlanInput) {
    const { period, title = null, externalId = null } = input;
    const from = parseId(input.fromPlanId, 'plan').uuid;
    const source = await visiblePlan(context, from);
    if (!source) return refusedBy(context, refuse('PLAN_NOT_FOUND', 'fromPlanId').refusal, from);
    const { organisationId } = source.details;
    const target = await keyedPlanTarget(context, input, organisationId);
    return runKeyedCommand(context, target, input, () => ({
      type: 'copyPlan',
      from: { planId: from, edition: source.edition },
      source,
      organisationId,
      period: period ? { start: period.start, end: period.end } : null,
      title,
      externalId,
    }));
  }

  @Mutation(() => CommandPayload, {
    description: 'Puts a plan under an organisation; an approved one keeps its settings.',
  })
  assignPlan(@Ctx() context: Context, @Arg('input', () => AssignPlanInput, COMMAND) input: AssignPlanInput) {
    const organisationId = optionalUuid(input.organisationId, 'organisation');
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({
      type: 'assignPlan',
      organisationId,
    }));
  }

  @Mutation(() => CommandPayload, { description: 'Changes the data above the table of a draft.' })
  changePlanDetails(
    @Ctx() context: Context,
    @Arg('input', () => ChangePlanDetailsInput, COMMAND) input: ChangePlanDetailsInput,
  ) {
    const { title, ownerUnit, institution, period } = input;
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({
      type: 'changePlanDetails',
      ...(title == null ? {} : { title }),
      ...(ownerUnit == null ? {} : { ownerUnit }),
      ...(institution === undefined ? {} : { institution }),
      ...(period ? { period: { start: period.start, end: period.end } } : {}),
    }));
  }

  @Mutation(() => SectionPayload, { description: 'Adds a section to a draft.' })
  async addSection(@Ctx() context: Context, @Arg('input', () => AddSectionInput, COMMAND) input: AddSectionInput) {
    const { uuid } = parseId(input.planId, 'plan');
    const place = chosenPlace(input.place);
    const { externalId = null } = input;
    const target = await newPartTarget(context, 'section', uuid, input.commandId, externalId);
    return runKeyedCommand(context, target, input, () => ({
      type: 'addSection',
      title: input.title,
      numberText: input.numberText ?? '',
      externalId,
      after: place === 'first' ? FIRST : place === 'last' ? null : localId(place.after, 'section', uuid),
    }));
  }

  @Mutation(() => SectionPayload, { description: 'Changes number or title of a section of a draft.' })
  changeSection(@Ctx() context: Context, @Arg('input', () => ChangeSectionInput, COMMAND) input: ChangeSectionInput) {
    const { uuid, local } = parseId(input.sectionId, 'section');
    return runPlanCommand(context, uuid, input, () => ({
      type: 'changeSection',
      sectionId: local,
      ...(input.title == null ? {} : { title: input.title }),
      ...(input.numberText == null ? {} : { numberText: input.numberText }),
    }));
  }

  @Mutation(() => CommandPayload, { description: 'Removes an empty section of a draft.' })
  removeSection(@Ctx() context: Context, @Arg('input', () => RemoveSectionInput, COMMAND) input: RemoveSectionInput) {
    const { uuid, local } = parseId(input.sectionId, 'section');
    return runPlanCommand(context, uuid, input, () => ({ type: 'removeSection', sectionId: local }));
  }

  @Mutation(() => ActivityPayload, { description: 'Removes an activity of a draft; it leaves no trace in print.' })
  removeActivity(
    @Ctx() context: Context,
    @Arg('input', () => RemoveActivityInput, COMMAND) input: RemoveActivityInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    return runPlanCommand(context, uuid, input, () => ({ type: 'removeActivity', activityId: local }));
  }
}
