import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { PeriodReportKind } from '../../domain/indicators/periodReport.js';
import { MAX_LONG, MAX_SHORT, MAX_TITLE } from '../../domain/texts.js';
import type { Context } from '../context.js';
import { localId, parseId } from '../ids.js';
import { DateScalar } from '../scalars.js';
import { MultiLine, SingleLine } from '../texts/rules.js';
import { PeriodReportKindEnum } from '../types/figureEnums.js';
import { ActivityInput, COMMAND, PlanInput, ReportInput } from './inputs.js';
import { ActivityPayload, PeriodReportPayload, ReportPayload } from './payloads.js';
import { runPlanCommand } from './run.js';

@InputType({ description: 'Work that is done.' })
class CompleteActivityInput extends ActivityInput {
  @Field(() => ID, { nullable: true, description: 'The control point; may be left out when there is one.' })
  pointId?: string | null;
  @Field(() => DateScalar, { description: 'The day on which the work was done.' })
  actualOn!: string;
  @Field(() => Int, { nullable: true, description: 'How many, for a quota.' })
  count?: number | null;
  @MultiLine(MAX_LONG)
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note?: string | null;
}

@InputType({ description: 'A part of the work that is done; give a count, a sub-item or a note.' })
class RecordProgressInput extends ActivityInput {
  @Field(() => ID, { nullable: true, description: 'The control point; may be left out when there is one.' })
  pointId?: string | null;
  @Field(() => DateScalar, { description: 'The day on which it was done.' })
  actualOn!: string;
  @Field(() => Int, { nullable: true, description: 'How many, for a quota.' })
  count?: number | null;
  @Field(() => Int, { nullable: true, description: 'Which sub-item, from 1.' })
  subItem?: number | null;
  @Field(() => DateScalar, { nullable: true, description: 'When the executor expects to be done.' })
  expectedOn?: string | null;
  @MultiLine(MAX_LONG)
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note?: string | null;
}

@InputType({ description: 'A completion to withdraw.' })
class WithdrawCompletionInput extends ActivityInput {
  @Field(() => ID, { nullable: true, description: 'The control point; may be left out when there is one.' })
  pointId?: string | null;
}

@InputType({ description: 'A file or page that shows the work.' })
class EvidenceLinkInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'What it is.' })
  title!: string;
  @SingleLine(MAX_TITLE)
  @Field(() => String, { description: 'Its address, http or https.' })
  url!: string;
  @SingleLine(64)
  @Field(() => String, { nullable: true, description: 'SHA-256 of its bytes, hex.' })
  sha256?: string | null;
}

@InputType({ description: 'An execution report.' })
class SubmitReportInput extends ActivityInput {
  @Field(() => [ID], { nullable: true, description: 'The control points; may be left out when there is one.' })
  pointIds?: string[] | null;
  @MultiLine(MAX_LONG)
  @Field(() => String, { nullable: true, description: 'What was done.' })
  text?: string | null;
  @Field(() => [EvidenceLinkInput], { nullable: true, description: 'What shows it.' })
  evidence?: EvidenceLinkInput[] | null;
  @Field(() => DateScalar, { description: 'The day on which the work was done.' })
  actualOn!: string;
  @Field(() => Boolean, { nullable: true, description: 'An interim report informs and never closes.' })
  interim?: boolean | null;
}

@InputType({ description: 'A report to take back; give the reason.' })
class WithdrawReportInput extends ReportInput {}

@InputType({ description: 'A report to accept.' })
class AcceptReportInput extends ReportInput {}

@InputType({ description: 'A report to return; give the reason.' })
class ReturnReportInput extends ReportInput {}

@InputType({ description: 'Who reports for an activity.' })
class ConfirmAccountableInput extends ActivityInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Place of the party among the responsible ones, from 1; left out: the unit that owns the plan.',
  })
  place?: number | null;
}

@InputType({ description: 'A report on a period that is over.' })
class IssuePeriodReportInput extends PlanInput {
  @Field(() => PeriodReportKindEnum, { description: 'Month, quarter, half-year or year.' })
  kind!: PeriodReportKind;
  @Field(() => DateScalar, { description: 'Any day of the period.' })
  day!: string;
  @MultiLine(MAX_LONG)
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note?: string | null;
}

@Resolver()
export class ExecutionMutations {
  @Mutation(() => ActivityPayload, { description: 'Confirms who reports for an activity.' })
  confirmAccountable(
    @Ctx() context: Context,
    @Arg('input', () => ConfirmAccountableInput, COMMAND) input: ConfirmAccountableInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const { place = null } = input;
    return runPlanCommand(context, uuid, input, () => ({ type: 'confirmAccountable', activityId: local, place }));
  }

  @Mutation(() => PeriodReportPayload, {
    description: 'Issues a report on a period that is over: its figures stay as they are known now.',
  })
  issuePeriodReport(
    @Ctx() context: Context,
    @Arg('input', () => IssuePeriodReportInput, COMMAND) input: IssuePeriodReportInput,
  ) {
    const { kind, day, note = null } = input;
    return runPlanCommand(context, parseId(input.planId, 'plan').uuid, input, () => ({
      type: 'issuePeriodReport',
      kind,
      day,
      note,
    }));
  }

  @Mutation(() => ActivityPayload, { description: 'Marks work as done.' })
  completeActivity(
    @Ctx() context: Context,
    @Arg('input', () => CompleteActivityInput, COMMAND) input: CompleteActivityInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const { actualOn, count = null, note = null } = input;
    const pointId = localPoint(input.pointId, uuid);
    return runPlanCommand(context, uuid, input, () => ({
      type: 'completeActivity',
      activityId: local,
      pointId,
      actualOn,
      count,
      note,
    }));
  }

  @Mutation(() => ActivityPayload, { description: 'Records a part of the work; it never closes a point.' })
  recordProgress(
    @Ctx() context: Context,
    @Arg('input', () => RecordProgressInput, COMMAND) input: RecordProgressInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const { actualOn, count = null, subItem = null, expectedOn = null, note = null } = input;
    const pointId = localPoint(input.pointId, uuid);
    return runPlanCommand(context, uuid, input, () => ({
      type: 'recordProgress',
      activityId: local,
      pointId,
      actualOn,
      count,
      subItem,
      expectedOn,
      note,
    }));
  }

  @Mutation(() => ActivityPayload, { description: 'Takes a completion back, with a reason.' })
  withdrawCompletion(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawCompletionInput, COMMAND) input: WithdrawCompletionInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const pointId = localPoint(input.pointId, uuid);
    return runPlanCommand(context, uuid, input, () => ({ type: 'withdrawCompletion', activityId: local, pointId }));
  }

  @Mutation(() => ReportPayload, { description: 'Submits an execution report.' })
  submitReport(@Ctx() context: Context, @Arg('input', () => SubmitReportInput, COMMAND) input: SubmitReportInput) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    return runPlanCommand(context, uuid, input, () => ({
      type: 'submitReport',
      activityId: local,
      pointIds: (input.pointIds ?? []).map((id) => localId(id, 'point', uuid)),
      text: input.text ?? '',
      evidence: (input.evidence ?? []).map(({ title, url, sha256 = null }) => ({ title, url, sha256 })),
      actualOn: input.actualOn,
      interim: input.interim ?? false,
    }));
  }

  @Mutation(() => ReportPayload, {
    description: 'Takes a report back that nobody has decided on, with a reason; by who submitted it.',
  })
  withdrawReport(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawReportInput, COMMAND) input: WithdrawReportInput,
  ) {
    const { uuid, local } = parseId(input.reportId, 'report');
    return runPlanCommand(context, uuid, input, () => ({ type: 'withdrawReport', reportId: local }));
  }

  @Mutation(() => ReportPayload, { description: 'Accepts a report (снять с контроля); not by who submitted it.' })
  acceptReport(@Ctx() context: Context, @Arg('input', () => AcceptReportInput, COMMAND) input: AcceptReportInput) {
    const { uuid, local } = parseId(input.reportId, 'report');
    return runPlanCommand(context, uuid, input, () => ({ type: 'acceptReport', reportId: local }));
  }

  @Mutation(() => ReportPayload, { description: 'Returns a report for rework, with a reason.' })
  returnReport(@Ctx() context: Context, @Arg('input', () => ReturnReportInput, COMMAND) input: ReturnReportInput) {
    const { uuid, local } = parseId(input.reportId, 'report');
    return runPlanCommand(context, uuid, input, () => ({ type: 'returnReport', reportId: local }));
  }
}

function localPoint(id: string | null | undefined, planId: string): string | null {
  return id ? localId(id, 'point', planId) : null;
}
