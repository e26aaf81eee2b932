import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { RouteStep } from '../../domain/approval.js';
import { MAX_LONG } from '../../domain/texts.js';
import type { Context } from '../context.js';
import { localId, parseId } from '../ids.js';
import { DateScalar } from '../scalars.js';
import { MultiLine } from '../texts/rules.js';
import { OutcomeEnum } from '../types/enums.js';
import { COMMAND, PlanInput, RouteStepInput, StampInput } from './inputs.js';
import { CommandPayload } from './payloads.js';
import { runPlanCommand, stampOf } from './run.js';

@InputType({ description: 'A plan to put before others.' })
class SubmitPlanInput extends PlanInput {
  @Field(() => [RouteStepInput], { description: 'Who agrees, in order; empty: straight to approval.' })
  route!: RouteStepInput[];
}

@InputType({ description: 'The next step agrees.' })
class AgreePlanInput extends PlanInput {
  @Field(() => StampInput, { description: 'The stamp.' })
  stamp!: StampInput;
}

@InputType({ description: 'A plan to return with remarks.' })
class ReturnPlanInput extends PlanInput {
  @MultiLine(MAX_LONG)
  @Field(() => String, { description: 'What is to be mended.' })
  remarks!: string;
}

@InputType({ description: 'A plan to approve.' })
class ApprovePlanInput extends PlanInput {
  @Field(() => StampInput, { description: 'The stamp.' })
  stamp!: StampInput;
  @Field(() => DateScalar, { nullable: true, description: 'Points due before it are not tracked; left out: today.' })
  underControlFrom?: string | null;
}

@InputType({ description: 'Stamps of an imported document to confirm.' })
class ConfirmPrintedApprovalInput extends PlanInput {
  @Field(() => DateScalar, { nullable: true, description: 'Date of the approval; left out: not stated.' })
  date?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Points due before it are not tracked; left out: today.' })
  underControlFrom?: string | null;
}

@InputType({ description: 'How one open point is left.' })
class ClosingOutcomeInput {
  @Field(() => ID, { description: 'The control point.' })
  pointId!: string;
  @Field(() => OutcomeEnum, { description: 'Not done, or carried over to the next plan.' })
  outcome!: 'NOT_DONE' | 'CARRIED_OVER';
  @MultiLine(MAX_LONG)
  @Field(() => String, { description: 'Why.' })
  explanation!: string;
}

@InputType({ description: 'A plan to close.' })
class ClosePlanInput extends PlanInput {
  @Field(() => [ClosingOutcomeInput], { description: 'Each open firm point, explained or carried over.' })
  outcomes!: ClosingOutcomeInput[];
}

@InputType({ description: 'A plan to withdraw that was never approved; give the reason.' })
class WithdrawPlanInput extends PlanInput {}

@InputType({ description: 'A plan to cancel; give the reason and the basis.' })
class CancelPlanInput extends PlanInput {}

@Resolver()
export class ApprovalMutations {
  @Mutation(() => CommandPayload, { description: 'Gives up a plan that was never approved.' })
  withdrawPlan(@Ctx() context: Context, @Arg('input', () => WithdrawPlanInput, COMMAND) input: WithdrawPlanInput) {
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({ type: 'withdrawPlan' }));
  }

  @Mutation(() => CommandPayload, { description: 'Ends an approved plan before its time: nothing more is due.' })
  cancelPlan(@Ctx() context: Context, @Arg('input', () => CancelPlanInput, COMMAND) input: CancelPlanInput) {
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({ type: 'cancelPlan' }));
  }

  @Mutation(() => CommandPayload, { description: 'Puts a draft before those who agree and approve.' })
  submitPlan(@Ctx() context: Context, @Arg('input', () => SubmitPlanInput, COMMAND) input: SubmitPlanInput) {
    const route = routeOf(input.route);
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({ type: 'submitPlan', route }));
  }

  @Mutation(() => CommandPayload, { description: 'Gives the stamp of the next step of the route.' })
  agreePlan(@Ctx() context: Context, @Arg('input', () => AgreePlanInput, COMMAND) input: AgreePlanInput) {
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, (seal) => ({
      type: 'agreePlan',
      stamp: stampOf(input.stamp, seal),
    }));
  }

  @Mutation(() => CommandPayload, {
    description: 'Returns a plan as a draft with remarks; stamps given so far are void.',
  })
  returnPlan(@Ctx() context: Context, @Arg('input', () => ReturnPlanInput, COMMAND) input: ReturnPlanInput) {
    const { remarks } = input;
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({ type: 'returnPlan', remarks }));
  }

  @Mutation(() => CommandPayload, { description: 'Approves a plan: edition 1.' })
  approvePlan(@Ctx() context: Context, @Arg('input', () => ApprovePlanInput, COMMAND) input: ApprovePlanInput) {
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, (seal) => ({
      type: 'approvePlan',
      stamp: stampOf(input.stamp, seal),
      underControlFrom: input.underControlFrom ?? null,
    }));
  }

  @Mutation(() => CommandPayload, { description: 'Confirms the stamps printed on an imported document.' })
  confirmPrintedApproval(
    @Ctx() context: Context,
    @Arg('input', () => ConfirmPrintedApprovalInput, COMMAND) input: ConfirmPrintedApprovalInput,
  ) {
    const { date = null, underControlFrom = null } = input;
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({
      type: 'confirmPrintedApproval',
      date,
      underControlFrom,
    }));
  }

  @Mutation(() => CommandPayload, { description: 'Closes a plan whose period is over.' })
  closePlan(@Ctx() context: Context, @Arg('input', () => ClosePlanInput, COMMAND) input: ClosePlanInput) {
    const { uuid } = parseId(input.planId, 'plan');
    const outcomes = input.outcomes.map(({ pointId, outcome, explanation }) => ({
      pointId: localId(pointId, 'point', uuid),
      outcome,
      explanation,
    }));
    return runPlanCommand(context, uuid, input, () => ({ type: 'closePlan', outcomes }));
  }
}

/** Returns the route of a submission. A step without a stage gets a separate stage after that of the previous step. */
function routeOf(steps: readonly RouteStepInput[]): RouteStep[] {
  const route: RouteStep[] = [];
  for (const { kind, post, organisation = null, stage, isCouncil } of steps) {
    const before = route.at(-1)?.stage ?? 0;
    route.push({ kind, post, organisation, stage: stage ?? before + 1, isCouncil: isCouncil ?? false });
  }
  return route;
}
