import { FieldResolver, Resolver, Root } from 'type-graphql';
import { reportActions } from '../../application/policy.js';
import { ReportType } from '../types/activity.js';

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
