import type { PlacedStamp } from '../../approval.js';
import type { LocalDate } from '../../dates.js';
import { accept, refuse } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, validDate } from '../checks.js';
import { approved, type Control, controlFrom, controlUpcasters } from './approvePlan.js';
import { pastDate } from './stamps.js';
import { submittable } from './submitPlan.js';

/** `date` is the day on which the plan was signed; null means «not stated». */
type PrintedApprovalConfirmed = Control & { readonly date: LocalDate | null };

/** Confirms the stamps printed on an imported document: the plan is approved without changes. */
export const confirmPrintedApproval: PlanCapability<
  { PrintedApprovalConfirmed: PrintedApprovalConfirmed },
  { confirmPrintedApproval: { readonly date: LocalDate | null; readonly underControlFrom: LocalDate | null } }
> = {
  events: {
    PrintedApprovalConfirmed: {
      upcasters: controlUpcasters(),
      changesActivities: true,
      evolve(plan, { date, ...control }) {
        const stamps = plan.stamps.map(
          (stamp): PlacedStamp =>
            stamp.kind === 'approve'
              ? { ...stamp, state: 'CONFIRMED', date: stamp.date ?? date }
              : { ...stamp, state: 'CONFIRMED' },
        );
        return approved({ ...plan, stamps }, control);
      },
      sentence: () => ['Подтверждено утверждение на бумаге', 'Approval on paper confirmed'],
    },
  },
  commands: {
    confirmPrintedApproval: {
      givenBy: APPROVERS,
      inStatus: ['DRAFT'],
      stampsSettings: true,
      decide(plan, { date, underControlFrom }, given) {
        const data = { date, ...controlFrom(plan, underControlFrom, given) };
        return (
          firstOf(
            plan.imported === null ? refuse('NOT_IMPORTED') : undefined,
            plan.stamps.some(({ kind }) => kind === 'approve') ? undefined : refuse('NO_PRINTED_APPROVAL'),
            submittable(plan),
            pastDate('date', date, plan, given),
            validDate('underControlFrom', underControlFrom),
          ) ?? accept({ type: 'PrintedApprovalConfirmed', data })
        );
      },
    },
  },
};
