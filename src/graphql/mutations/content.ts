import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { cellWithoutPersons } from '../../domain/organisation/ownPartyCells.js';
import type { Responsible } from '../../domain/parties.js';
import type { ContentChange } from '../../domain/plan/catalogue.js';
import { MAX_CHANGES } from '../../domain/plan/content/amendPlan.js';
import { LAST, type RowPlace } from '../../domain/plan/content/places.js';
import { MAX_LONG, MAX_NUMBER } from '../../domain/texts.js';
import { inSlices } from '../../engine/timeSlice.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { localId, parseId } from '../ids.js';
import { MultiLine, SingleLine } from '../texts/rules.js';
import {
  ActivityContentInput,
  ActivityInput,
  COMMAND,
  CommandInput,
  chosenPlace,
  PartyInput,
  PlaceInput,
  PlanInput,
  ScheduleInput,
  STATED_PARTIES,
  TimeframeInput,
} from './inputs.js';
import { keepPartiesAsOwn, keepTimeframesAsOwn } from './keepAsOwn.js';
import { newPartTarget, runKeyedCommand } from './keyed.js';
import { ActivityPayload, RowsPayload } from './payloads.js';
import { readParties } from './responsible.js';
import { addCommand, chosenReading, runPlanCommand, timeframeInput } from './run.js';

@InputType({ description: 'A new row.' })
class AddActivityInput extends CommandInput {
  @Field(() => ActivityContentInput, { description: 'The row and its place.' })
  activity!: ActivityContentInput;
}

@InputType({ description: 'Another wording; fields left out stay.' })
class RewordActivityInput extends ActivityInput {
  @SingleLine(MAX_NUMBER)
  @Field(() => String, { nullable: true, description: 'Number as printed; null takes it away.' })
  number?: string | null;
  @SingleLine(MAX_LONG)
  @Field(() => String, { nullable: true, description: 'Head of the cell.' })
  title?: string | null;
  @MultiLine(MAX_LONG)
  @Field(() => [String], { nullable: true, description: 'Sub-items in order.' })
  subItems?: string[] | null;
}

@InputType({ description: 'Another term.' })
class RescheduleActivityInput extends ActivityInput {
  @Field(() => TimeframeInput, { description: 'The new timeframe.' })
  timeframe!: TimeframeInput;
}

@InputType({ description: 'What a wording means: exactly one of `reading` and `schedule`.' })
class ResolveWordingInput extends ActivityInput {
  @Field(() => Int, {
    nullable: true,
    description: 'A reading that the timeframe lists: 0 for the proposed one, or the place of an alternative, from 1.',
  })
  reading?: number | null;
  @Field(() => ScheduleInput, { nullable: true, description: 'Another reading, stated by its author.' })
  schedule?: ScheduleInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'True: for this activity alone. Else the organisation keeps it for this wording in later documents.',
  })
  onlyHere?: boolean | null;
}

@InputType({ description: 'Timeframes of a draft to read again.' })
class ReadTimeframesAgainInput extends CommandInput {
  @Field(() => ID, { description: 'The draft.' })
  planId!: string;
  @Field(() => [ID], { nullable: true, description: 'Only these activities; all when left out.' })
  activityIds?: string[] | null;
}

@InputType({ description: 'Other responsible parties.' })
class ReassignActivityInput extends ActivityInput {
  @MultiLine(MAX_LONG)
  @Field(() => String, { description: 'As printed, parted by commas.' })
  responsible!: string;
  @Field(() => [PartyInput], STATED_PARTIES)
  parties?: PartyInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: stated parties are those of this activity alone. Else the organisation keeps them for this cell in later documents, unless persons are named.',
  })
  onlyHere?: boolean | null;
}

@InputType({ description: 'Another place.' })
class MoveActivityInput extends ActivityInput {
  @Field(() => ID, { description: 'The section it goes into.' })
  sectionId!: string;
  @Field(() => PlaceInput, { nullable: true, description: 'Its place in the section; left out: last.' })
  place?: PlaceInput | null;
}

@InputType({ description: 'An activity to exclude from an approved plan.' })
class ExcludeActivityInput extends ActivityInput {}

@InputType({ description: 'One change of a batch: exactly one of the fields.' })
class ChangeInput {
  @Field(() => ActivityContentInput, { nullable: true, description: 'Add a row.' })
  add?: ActivityContentInput | null;
  @Field(() => RewordActivityInput, { nullable: true, description: 'Reword a row.' })
  reword?: RewordActivityInput | null;
  @Field(() => RescheduleActivityInput, { nullable: true, description: 'Reschedule a row.' })
  reschedule?: RescheduleActivityInput | null;
  @Field(() => ReassignActivityInput, { nullable: true, description: 'Reassign a row.' })
  reassign?: ReassignActivityInput | null;
  @Field(() => MoveActivityInput, { nullable: true, description: 'Move a row.' })
  move?: MoveActivityInput | null;
  @Field(() => ID, { nullable: true, description: 'Exclude this activity.' })
  exclude?: string | null;
}

@InputType({ description: 'A batch of changes under one reason and basis: all of them or none.' })
class AmendPlanInput extends PlanInput {
  @Field(() => [ChangeInput], { description: 'The changes in order.' })
  changes!: ChangeInput[];
}

@Resolver()
export class ContentMutations {
  @Mutation(() => ActivityPayload, { description: 'Adds a row; in an approved plan an amendment of one.' })
  async addActivity(@Ctx() context: Context, @Arg('input', () => AddActivityInput, COMMAND) input: AddActivityInput) {
    const { uuid, local } = parseId(input.activity.sectionId, 'section');
    const place = rowPlaceOf(input.activity.place, uuid);
    const { externalId = null } = input.activity;
    const target = await newPartTarget(context, 'activity', uuid, input.commandId, externalId);
    const command = await inSlices(addCommand(input.activity, local, place));
    return runKeyedCommand(context, target, input, command);
  }

  @Mutation(() => ActivityPayload, { description: 'Rewords a row; in an approved plan an amendment of one.' })
  rewordActivity(
    @Ctx() context: Context,
    @Arg('input', () => RewordActivityInput, COMMAND) input: RewordActivityInput,
  ) {
    return change(context, input, (planId) => reword(input, planId));
  }

  @Mutation(() => ActivityPayload, {
    description: 'Changes the term of a row; in an approved plan an amendment of one.',
  })
  rescheduleActivity(
    @Ctx() context: Context,
    @Arg('input', () => RescheduleActivityInput, COMMAND) input: RescheduleActivityInput,
  ) {
    return change(context, input, (planId) => reschedule(input, planId));
  }

  @Mutation(() => ActivityPayload, {
    description:
      'Settles what an ambiguous or unread wording means; the wording stays. In an approved plan the reading in force can be confirmed alone.',
  })
  async resolveWording(
    @Ctx() context: Context,
    @Arg('input', () => ResolveWordingInput, COMMAND) input: ResolveWordingInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const reading = chosenReading(input);
    const payload = await runPlanCommand(context, uuid, input, () => ({
      type: 'resolveWording',
      activityId: local,
      reading,
    }));
    if (payload.userErrors.length === 0 && !input.onlyHere) await keepTimeframesAsOwn(context, uuid, [local], input);
    return payload;
  }

  @Mutation(() => RowsPayload, {
    description:
      'Takes over what the present rules, school terms and own wordings read otherwise in a draft: see `timeframeProposals`.',
  })
  readTimeframesAgain(
    @Ctx() context: Context,
    @Arg('input', () => ReadTimeframesAgainInput, COMMAND) input: ReadTimeframesAgainInput,
  ) {
    const { uuid } = parseId(input.planId, 'plan');
    const activityIds = input.activityIds?.map((id) => localId(id, 'activity', uuid)) ?? null;
    return runPlanCommand(context, uuid, input, () => ({
      type: 'readTimeframesAgain',
      activityIds,
    }));
  }

  @Mutation(() => ActivityPayload, {
    description: 'Changes who is responsible; in an approved plan an amendment of one.',
  })
  async reassignActivity(
    @Ctx() context: Context,
    @Arg('input', () => ReassignActivityInput, COMMAND) input: ReassignActivityInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const { read, sealed } = await inSlices(readParties(input));
    const payload = await runPlanCommand(context, uuid, input, (seal) => reassign(local, sealed(seal)));
    const cell = payload.userErrors.length === 0 && input.parties && !input.onlyHere && cellWithoutPersons(read);
    if (cell) await keepPartiesAsOwn(context, uuid, { activityId: local, cell }, input);
    return payload;
  }

  @Mutation(() => ActivityPayload, { description: 'Moves a row; in an approved plan an amendment of one.' })
  moveActivity(@Ctx() context: Context, @Arg('input', () => MoveActivityInput, COMMAND) input: MoveActivityInput) {
    return change(context, input, (planId) => move(input, planId));
  }

  @Mutation(() => ActivityPayload, { description: 'Excludes a row of an approved plan; its number is not used again.' })
  excludeActivity(
    @Ctx() context: Context,
    @Arg('input', () => ExcludeActivityInput, COMMAND) input: ExcludeActivityInput,
  ) {
    return change(context, input, (planId) => exclude(input.activityId, planId));
  }

  @Mutation(() => RowsPayload, { description: 'Amends an approved plan by a batch of changes: the next edition.' })
  async amendPlan(@Ctx() context: Context, @Arg('input', () => AmendPlanInput, COMMAND) input: AmendPlanInput) {
    const { uuid } = parseId(input.planId, 'plan');
    const changes = await inSlices(contentChanges(input.changes, uuid));
    return runPlanCommand(context, uuid, input, (seal) => ({
      type: 'amendPlan',
      changes: changes.map((each) => each(seal)),
    }));
  }
}

function change(context: Context, input: ActivityInput, command: (planId: string) => ContentChange) {
  const { uuid } = parseId(input.activityId, 'activity');
  return runPlanCommand(context, uuid, input, () => command(uuid));
}

function rowPlaceOf(input: PlaceInput | null | undefined, planId: string): RowPlace {
  const place = chosenPlace(input);
  if (place === 'first') return null;
  return place === 'last' ? LAST : localId(place.after, 'activity', planId);
}

function reword({ activityId, number, title, subItems }: RewordActivityInput, planId: string): ContentChange {
  return {
    type: 'rewordActivity',
    activityId: localId(activityId, 'activity', planId),
    ...(number === undefined ? {} : { number }),
    ...(title == null ? {} : { title }),
    ...(subItems == null ? {} : { subItems }),
  };
}

function reschedule({ activityId, timeframe }: RescheduleActivityInput, planId: string): ContentChange {
  const local = localId(activityId, 'activity', planId);
  return { type: 'rescheduleActivity', activityId: local, timeframe: timeframeInput(timeframe) };
}

function reassign(activityId: string, responsible: Responsible): ContentChange {
  return { type: 'reassignActivity', activityId, responsible };
}

function* readReassign(input: ReassignActivityInput, planId: string): Generator<void, SealedChange> {
  const activityId = localId(input.activityId, 'activity', planId);
  const { sealed } = yield* readParties(input);
  return (seal) => reassign(activityId, sealed(seal));
}

function move({ activityId, sectionId, place }: MoveActivityInput, planId: string): ContentChange {
  return {
    type: 'moveActivity',
    activityId: localId(activityId, 'activity', planId),
    sectionId: localId(sectionId, 'section', planId),
    after: rowPlaceOf(place, planId),
  };
}

function exclude(activityId: string, planId: string): ContentChange {
  return { type: 'excludeActivity', activityId: localId(activityId, 'activity', planId) };
}

/** A change of a batch, once the names of persons in it are sealed. */
type SealedChange = (seal: Seal) => ContentChange;

/** Reads the changes of a batch, at most one more than the maximum, so that the command refuses a longer batch. */
function* contentChanges(inputs: readonly ChangeInput[], planId: string): Generator<void, SealedChange[]> {
  const changes: SealedChange[] = [];
  for (const input of inputs.slice(0, MAX_CHANGES + 1)) changes.push(yield* contentChange(input, planId));
  return changes;
}

function* contentChange(input: ChangeInput, planId: string): Generator<void, SealedChange> {
  const { add } = input;
  const nameless =
    (change: ContentChange): SealedChange =>
    () =>
      change;
  const changes = [
    add && (yield* addCommand(add, localId(add.sectionId, 'section', planId), rowPlaceOf(add.place, planId))),
    input.reword && nameless(reword(input.reword, planId)),
    input.reschedule && nameless(reschedule(input.reschedule, planId)),
    input.reassign && (yield* readReassign(input.reassign, planId)),
    input.move && nameless(move(input.move, planId)),
    input.exclude && nameless(exclude(input.exclude, planId)),
  ].filter((each) => each !== null && each !== undefined && each !== '');
  const [only, ...rest] = changes;
  if (!only || rest.length > 0)
    throw apiError('BAD_USER_INPUT', 'Each change of a batch has exactly one of its fields.');
  return only;
}
