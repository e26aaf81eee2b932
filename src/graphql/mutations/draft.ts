import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { importRequest, revisionCommand } from '../../application/importing.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { FIRST } from '../../domain/plan/drafting/addSection.js';
import { refuse } from '../../domain/refusal.js';
import { MAX_EXTERNAL_ID, MAX_NUMBER, MAX_SHORT, MAX_TITLE } from '../../domain/texts.js';
import { statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { unreadDocument } from '../errors.js';
import { localId, parseId } from '../ids.js';
import { correctionBy } from '../scope/corrections.js';
import { SingleLine } from '../texts/rules.js';
import { inTurn, turnOf } from '../turns.js';
import { commandServices } from './commands.js';
import { AbandonImportInput, ImportPlanInput, ReviseDraftInput } from './importInputs.js';
import {
  ActivityInput,
  COMMAND,
  CommandInput,
  chosenPlace,
  EXTERNAL_ID,
  PlaceInput,
  PlanInput,
  SectionInput,
  WindowInput,
} from './inputs.js';
import { keepAllAsOwn } from './keepAsOwn.js';
import { runKeyedCommand } from './keyed.js';
import { ActivityPayload, CommandPayload } from './payloads.js';
import { chosenReading, refusedBy, runPlanCommand } from './run.js';

@InputType({ description: 'A new plan.' })
class DraftPlanInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: 'The organisation that keeps it; its time zone is the plan’s.' })
  organisationId?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Title.' })
  title!: string;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, defaultValue: 'план работы', description: 'What the document calls itself.' })
  documentKind?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'The unit that keeps the plan.' })
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

@InputType({ description: 'What stands above the table; fields left out stay.' })
class ChangePlanDetailsInput extends PlanInput {
  @SingleLine(MAX_TITLE)
  @Field(() => String, { nullable: true, description: 'Title.' })
  title?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'The unit that keeps the plan.' })
  ownerUnit?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'The institution.' })
  institution?: string | null;
  @Field(() => WindowInput, { nullable: true, description: 'Its period.' })
  period?: WindowInput | null;
}

@InputType({ description: 'A plan to begin as a copy of another one.' })
class CopyPlanInput extends CommandInput {
  @Field(() => ID, { description: 'The plan to copy, as it stands.' })
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
    const organisationId = optionalOrganisation(input.organisationId);
    const target = await newTarget(context, input, organisationId);
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

  @Mutation(() => CommandPayload, { description: 'Imports a plan document as a draft; its stamps are not confirmed.' })
  async importPlan(@Ctx() context: Context, @Arg('input', () => ImportPlanInput, COMMAND) input: ImportPlanInput) {
    const { fileName, content, timeZone, externalId = null, ...circumstances } = input;
    const zone = timeZone ?? context.timeZone;
    const { documents, principal, scope } = context;
    const organisationId = optionalOrganisation(input.organisationId);
    const columns = statedColumnsOf(input.columns);
    const read = (file: DocumentFile) => inTurn(documents.read({ ...file, columns }, turnOf(context)));
    const readings = (input.readings ?? []).map((each) => ({ row: each.row, reading: chosenReading(each) }));
    const bytes = Buffer.from(content, 'base64');
    const request = await importRequest(read, bytes, fileName, zone, organisationId, readings);
    if ('problem' in request) throw unreadDocument(fileName, request);
    const { sha256, command, plan, exportedFrom } = request;
    const keyed = await newTarget(context, input, organisationId);
    const { commandId } = keyed;
    const isRepeatable = input.commandId != null;
    const allowsSecond = input.allowSecond ?? false;
    const document = { sha256, plan, exportedFrom, organisationId, scope };
    const destination = await commandServices(context).importTarget({
      ...document,
      principal,
      commandId,
      isRepeatable,
      allowsSecond,
      externalId,
    });
    if (destination.kind === 'refused') return refusedBy(context, destination.refusal, destination.planId);
    const payload = { sha256, timeZone: timeZone ?? null, ...(externalId === null ? {} : { externalId }) };
    const given = Object.assign(circumstances, payload);
    const target = { ...keyed, planId: destination.planId };
    const imported = await runKeyedCommand(context, target, given, (seal) => ({ ...command(seal), externalId }));
    if (imported.userErrors.length === 0) await keepAllAsOwn(context, target.planId, readings, input);
    return imported;
  }

  @Mutation(() => CommandPayload, {
    description:
      'Changes a draft to what a corrected document says, by ordinary changes, all of them or none; `importPreview` tells which.',
  })
  async reviseDraft(@Ctx() context: Context, @Arg('input', () => ReviseDraftInput, COMMAND) input: ReviseDraftInput) {
    const { fileName, content, ...circumstances } = input;
    const { uuid } = parseId(input.planId, 'plan');
    const draft = await context.planOf(uuid);
    if (!draft) return refusedBy(context, refuse('PLAN_NOT_FOUND', 'planId').refusal, uuid);
    const columns = statedColumnsOf(input.columns);
    const request = await correctionBy(context, draft, { bytes: Buffer.from(content, 'base64'), fileName, columns });
    if ('problem' in request) throw unreadDocument(fileName, request);
    const { sha256, correction } = request;
    return runPlanCommand(context, uuid, Object.assign(circumstances, { sha256 }), (seal) =>
      revisionCommand(correction, seal),
    );
  }

  @Mutation(() => CommandPayload, {
    description:
      'Begins a plan as a copy of another one in the next period: years are moved, unfinished rows are marked, and whatever it was not sure of is a question (`needsReview`).',
  })
  async copyPlan(@Ctx() context: Context, @Arg('input', () => CopyPlanInput, COMMAND) input: CopyPlanInput) {
    const { period, title = null, externalId = null } = input;
    const from = parseId(input.fromPlanId, 'plan').uuid;
    const source = await context.planOf(from);
    if (!source) return refusedBy(context, refuse('PLAN_NOT_FOUND', 'fromPlanId').refusal, from);
    const { organisationId } = source.details;
    const target = await newTarget(context, input, organisationId);
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
    description: 'Gives up an import that was not finished, so that its file may be imported anew.',
  })
  abandonImport(@Ctx() context: Context, @Arg('input', () => AbandonImportInput, COMMAND) input: AbandonImportInput) {
    const { importCommandId } = input;
    const planId = parseId(input.planId, 'plan').uuid;
    return runPlanCommand(context, planId, input, () => ({ type: 'abandonImport', importCommandId }));
  }

  @Mutation(() => CommandPayload, {
    description: 'Puts a plan under an organisation; an approved one keeps its settings.',
  })
  assignPlan(@Ctx() context: Context, @Arg('input', () => AssignPlanInput, COMMAND) input: AssignPlanInput) {
    const organisationId = optionalOrganisation(input.organisationId);
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({
      type: 'assignPlan',
      organisationId,
    }));
  }

  @Mutation(() => CommandPayload, { description: 'Changes what stands above the table of a draft.' })
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

  @Mutation(() => CommandPayload, { description: 'Adds a section to a draft.' })
  addSection(@Ctx() context: Context, @Arg('input', () => AddSectionInput, COMMAND) input: AddSectionInput) {
    const { uuid } = parseId(input.planId, 'plan');
    const place = chosenPlace(input.place);
    return runPlanCommand(context, uuid, input, () => ({
      type: 'addSection',
      title: input.title,
      numberText: input.numberText ?? '',
      after: place === 'first' ? FIRST : place === 'last' ? null : localId(place.after, 'section', uuid),
    }));
  }

  @Mutation(() => CommandPayload, { description: 'Changes number or title of a section of a draft.' })
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

function newTarget(
  context: Context,
  { commandId = null, externalId = null }: CommandInput & { readonly externalId?: string | null },
  organisationId: string | null,
) {
  const { principal } = context;
  return commandServices(context).newPlanTarget({ principal, commandId, externalId, organisationId });
}

function optionalOrganisation(id: string | null | undefined): string | null {
  return id ? parseId(id, 'organisation').uuid : null;
}
