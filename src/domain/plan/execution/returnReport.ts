import { activityIdOf } from '../../plan.js';
import { accept } from '../../refusal.js';
import { AGREERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { reasonGiven } from '../checks.js';
import { withReportStatus } from '../updates.js';
import { openReport } from './targets.js';

/** Returns a report for rework, with a reason. */
export const returnReport: PlanCapability<
  { ReportReturned: { readonly activityId: string; readonly reportId: string } },
  { returnReport: { readonly reportId: string } }
> = {
  events: {
    ReportReturned: {
      evolve: (plan, report) => withReportStatus(plan, report, 'RETURNED'),
      sentence: (_, row) => [`Отчёт возвращён на доработку: ${row}`, `Report returned: ${row}`],
    },
  },
  commands: {
    returnReport: {
      givenBy: AGREERS,
      inStatus: ['APPROVED', 'CLOSED'],
      decide(plan, { reportId }, given) {
        const report = openReport(plan, reportId);
        if ('kind' in report) return report;
        const data = { activityId: activityIdOf(reportId), reportId };
        return reasonGiven(given) ?? accept({ type: 'ReportReturned', data });
      },
    },
  },
};
