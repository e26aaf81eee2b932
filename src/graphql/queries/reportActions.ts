import { FieldResolver, Resolver, Root } from 'type-graphql';
import { reportActions } from '../../application/policy.js';
import { ReportType } from '../types/activity.js';

@Resolver(() => ReportType)
export class ReportActions {
  @FieldResolver(() => [String], {
    description: 'Mutations that the caller may give on it now: nobody accepts an own report. Only for this caller.',
  })
  async availableActions(@Root() { source: { context }, planId, status, submittedBy }: ReportType) {
    const plan = await context.loaders.plan.load(planId);
    return plan ? reportActions(context.principal, plan, { status, submittedBy }) : [];
  }
}
