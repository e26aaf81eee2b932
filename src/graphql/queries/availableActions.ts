import { FieldResolver, Resolver, Root } from 'type-graphql';
import { activityActions, reportActions, requestActions } from '../../application/actions.js';
import { ActivityType, ReportType, RescheduleRequestType } from '../types/activity.js';

@Resolver(() => ReportType)
export class ReportActions {
  @FieldResolver(() => [String], {
    description:
      'Mutations that the caller may give on it in the state that is read. An own report is not to be accepted unless the ' +
      'settings of the organisation allow it; the author or an administrator withdraws it.',
  })
  async availableActions(@Root() { source: { context }, planId, status, submittedBy }: ReportType) {
    const plan = await context.loaders.plan.load(planId);
    return plan ? reportActions(context.principal, plan, { status, submittedBy }) : [];
  }
}

@Resolver(() => ActivityType)
export class ActivityActions {
  @FieldResolver(() => [String], {
    description:
      'Mutations that the caller may give on the row in the state that is read; the details of one may still be refused.',
  })
  async availableActions(@Root() { context, planId, standing }: ActivityType) {
    const plan = await context.loaders.plan.load(planId);
    return plan ? activityActions(context.principal.role, plan.status, standing) : [];
  }
}

@Resolver(() => RescheduleRequestType)
export class RequestActions {
  @FieldResolver(() => [String], {
    description: 'Mutations that the caller may give on it in the state that is read. Empty for a decided request.',
  })
  async availableActions(@Root() { source: { context, activityKey, localId }, planId }: RescheduleRequestType) {
    const [plan, activity] = await Promise.all([
      context.loaders.plan.load(planId),
      context.loaders.activity.load(activityKey),
    ]);
    const request = activity?.requests.find(({ id }) => id === localId);
    return plan && activity && request ? requestActions(context.principal.role, plan.status, activity, request) : [];
  }
}
