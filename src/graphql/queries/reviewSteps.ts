import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { ChronicleEvent } from '../../domain/chronicle.js';
import { ReportType, RescheduleRequestType, type StepSource } from '../types/activity.js';
import { ReviewStep, reviewStep } from '../types/reviewStep.js';

/** A step of a report or a request, by its id within the plan. */
interface RecordedStep {
  readonly of: string | null;
  readonly isDecision: boolean;
}

/** Returns the step that an event is; undefined for an event of another kind. */
function stepOf(event: ChronicleEvent): RecordedStep | undefined {
  switch (event.type) {
    case 'ReportSubmitted':
      return { of: event.data.reportId, isDecision: false };
    case 'ReportAccepted':
    case 'ReportReturned':
    case 'ReportWithdrawn':
      return { of: event.data.reportId, isDecision: true };
    case 'RescheduleRequested':
      return { of: event.data.requestId, isDecision: false };
    case 'RescheduleRefused':
    case 'ActivityRescheduled':
      return { of: event.data.requestId, isDecision: true };
    default:
      return undefined;
  }
}

/** Returns the last step of one kind; null if there is none, or the caller may not see it. */
async function lastStep(
  { context, activityKey, localId }: StepSource,
  isDecision: boolean,
): Promise<ReviewStep | null> {
  const entries = await context.loaders.stepsOfActivity.load(activityKey);
  const found = entries.findLast(({ recorded }) => {
    const step = stepOf(recorded.event);
    return step?.of === localId && step.isDecision === isDecision;
  });
  return found ? reviewStep(context, found) : null;
}

@Resolver(() => ReportType)
export class ReportSteps {
  @FieldResolver(() => ReviewStep, { nullable: true, description: 'Who submitted it, when.' })
  submission(@Root() { source }: ReportType) {
    return lastStep(source, false);
  }

  @FieldResolver(() => ReviewStep, {
    nullable: true,
    description:
      'Who accepted, returned or withdrew it, when, with what remark; `status` says which. Null before that.',
  })
  decision(@Root() { source }: ReportType) {
    return lastStep(source, true);
  }
}

@Resolver(() => RescheduleRequestType)
export class RequestSteps {
  @FieldResolver(() => ReviewStep, { nullable: true, description: 'Who asked, when, why.' })
  submission(@Root() { source }: RescheduleRequestType) {
    return lastStep(source, false);
  }

  @FieldResolver(() => ReviewStep, {
    nullable: true,
    description: 'Who granted or refused it, when, with what remark; `status` says which. Null before that.',
  })
  decision(@Root() { source }: RescheduleRequestType) {
    return lastStep(source, true);
  }
}
