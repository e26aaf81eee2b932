import { activityIdOf } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { reasonGiven } from '../checks.js';
import { withReportStatus } from '../updates.js';
import { mayBeWithdrawnBy } from './reportRules.js';
import { openReport } from './targets.js';

/** Withdraws a submitted report, with a reason. Only its author or an administrator may do so. */
export const withdrawReport: PlanCapability<
  { ReportWithdrawn: { readonly activityId: string; readonly reportId: string } },
  { withdrawReport: { readonly reportId: string } }
> = {
  events: {
    ReportWithdrawn: {
      evolve: (plan, report) => withReportStatus(plan, report, 'WITHDRAWN'),
      sentence: (_, row) => [`Отчёт отозван: ${row}`, `Report withdrawn: ${row}`],
    },
  },
  commands: {
    withdrawReport: {
      givenBy: EXECUTORS,
      inStatus: ['APPROVED', 'CLOSED'],
      decide(plan, { reportId }, given) {
        const report = openReport(plan, reportId);
        if ('kind' in report) return report;
        if (!mayBeWithdrawnBy(report, given.actor)) return refuse('REPORT_OF_ANOTHER', 'reportId');
        const data = { activityId: activityIdOf(reportId), reportId };
        return reasonGiven(given) ?? accept({ type: 'ReportWithdrawn', data });
      },
    },
  },
};
