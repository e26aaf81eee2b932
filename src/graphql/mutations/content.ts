import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Seal } from '../../application/handler.js';
import type { ContentChange } from '../../domain/commands.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';
import { ActivityContentInput, ActivityInput, CommandInput, PlanInput, TimeframeInput } from './inputs.js';
import { ActivityPayload, CommandPayload } from './payloads.js';
import { addCommand, responsibleOf, run, timeframeOf } from './run.js';

@InputType({ description: 'A new row.' })
class AddActivityInput extends CommandInput {
  @Field(() => ActivityContentInput, { description: 'The row and its place.' })
  activity!: ActivityContentInput;
}

@InputType({ description: 'Another wording; fields left out stay.' })
class RewordActivityInput extends ActivityInput {
  @Field(() => String, { nullable: true, description: 'Number as printed; null takes it away.' })
  number?: string | null;
  @Field(() => String, { nullable: true, description: 'Head of the cell.' })
  title?: string | null;
  @Field(() => [String], { nullable: true, description: 'Sub-items in order.' })
  subItems?: string[] | null;
}

@InputType({ description: 'Another term.' })
class RescheduleActivityInput extends ActivityInput {
  @Field(() => TimeframeInput, { description: 'The new timeframe.' })
  timeframe!: TimeframeInput;
}

@InputType({ description: 'Other responsible parties.' })
class ReassignActivityInput extends ActivityInput {
  @Field(() => String, { description: 'As printed, parted by commas.' })
  responsible!: string;
}

@InputType({ description: 'Another place.' })
class MoveActivityInput extends ActivityInput {
  @Field(() => ID, { description: 'The section it goes into.' })
  sectionId!: string;
  @Field(() => ID, { nullable: true, description: 'After this activity; left out: first in the section.' })
  after?: string | null;
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
  addActivity(@Ctx() context: Context, @Arg('input', () => AddActivityInput) input: AddActivityInput) {
    const { uuid, local } = parseId(input.activity.sectionId, 'section');
    const after = localActivity(input.activity.after);
    return run(context, uuid, input, (seal) => addCommand(input.activity, local, after, seal));
  }

  @Mutation(() => ActivityPayload, { description: 'Rewords a row; in an approved plan an amendment of one.' })
  rewordActivity(@Ctx() context: Context, @Arg('input', () => RewordActivityInput) input: RewordActivityInput) {
    return change(context, input, () => reword(input));
  }

  @Mutation(() => ActivityPayload, {
    description: 'Changes the term of a row; in an approved plan an amendment of one.',
  })
  rescheduleActivity(
    @Ctx() context: Context,
    @Arg('input', () => RescheduleActivityInput) input: RescheduleActivityInput,
  ) {
    return change(context, input, () => reschedule(input));
  }

  @Mutation(() => ActivityPayload, {
    description: 'Changes who is responsible; in an approved plan an amendment of one.',
  })
  reassignActivity(@Ctx() context: Context, @Arg('input', () => ReassignActivityInput) input: ReassignActivityInput) {
    return change(context, input, (seal) => reassign(input, seal));
  }

  @Mutation(() => ActivityPayload, { description: 'Moves a row; in an approved plan an amendment of one.' })
  moveActivity(@Ctx() context: Context, @Arg('input', () => MoveActivityInput) input: MoveActivityInput) {
    return change(context, input, () => move(input));
  }

  @Mutation(() => ActivityPayload, { description: 'Excludes a row of an approved plan; its number is not used again.' })
  excludeActivity(@Ctx() context: Context, @Arg('input', () => ExcludeActivityInput) input: ExcludeActivityInput) {
    return change(context, input, () => exclude(input.activityId));
  }

  @Mutation(() => CommandPayload, { description: 'Amends an approved plan by a batch of changes: the next edition.' })
  amendPlan(@Ctx() context: Context, @Arg('input', () => AmendPlanInput) input: AmendPlanInput) {
    const { uuid } = parseId(input.planId, 'plan');
    return run(context, uuid, input, (seal) => ({
      type: 'amendPlan',
      changes: input.changes.map((each) => changeOf(each, uuid, seal)),
    }));
  }
}

function change(context: Context, input: ActivityInput, command: (seal: Seal) => ContentChange) {
  return run(context, parseId(input.activityId, 'activity').uuid, input, command);
}

function localActivity(id: string | null | undefined): string | null {
  return id ? parseId(id, 'activity').local : null;
}

function reword({ activityId, number, title, subItems }: RewordActivityInput): ContentChange {
  return {
    type: 'rewordActivity',
    activityId: parseId(activityId, 'activity').local,
    ...(number === undefined ? {} : { number }),
    ...(title == null ? {} : { title }),
    ...(subItems == null ? {} : { subItems }),
  };
}

function reschedule({ activityId, timeframe }: RescheduleActivityInput): ContentChange {
  const { local } = parseId(activityId, 'activity');
  return { type: 'rescheduleActivity', activityId: local, timeframe: timeframeOf(timeframe) };
}

function reassign({ activityId, responsible }: ReassignActivityInput, seal: Seal): ContentChange {
  const { local } = parseId(activityId, 'activity');
  return { type: 'reassignActivity', activityId: local, responsible: responsibleOf(responsible, seal) };
}

function move({ activityId, sectionId, after }: MoveActivityInput): ContentChange {
  return {
    type: 'moveActivity',
    activityId: parseId(activityId, 'activity').local,
    sectionId: parseId(sectionId, 'section').local,
    after: localActivity(after),
  };
}

function exclude(activityId: string): ContentChange {
  return { type: 'excludeActivity', activityId: parseId(activityId, 'activity').local };
}

function changeOf(input: ChangeInput, planId: string, seal: Seal): ContentChange {
  const { add } = input;
  const changes = [
    add && addCommand(add, parseId(add.sectionId, 'section').local, localActivity(add.after), seal),
    input.reword && reword(input.reword),
    input.reschedule && reschedule(input.reschedule),
    input.reassign && reassign(input.reassign, seal),
    input.move && move(input.move),
    input.exclude && exclude(input.exclude),
  ].filter((each) => each !== null && each !== undefined && each !== '');
  const [only, ...rest] = changes;
  if (!only || rest.length > 0)
    throw apiError('BAD_USER_INPUT', 'Each change of a batch has exactly one of its fields.');
  for (const id of [input.reword, input.reschedule, input.reassign, input.move].map((each) => each?.activityId)) {
    if (id && parseId(id, 'activity').uuid !== planId) throw apiError('BAD_USER_INPUT', `${id} is of another plan.`);
  }
  return only;
}
