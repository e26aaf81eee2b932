import { activityIdOf } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { AGREERS } from '../../roles.js';
import type { PlanCapability } from '../capability.js';
import { withReportStatus } from '../updates.js';
import { mayBeAcceptedBy } from './reportRules.js';
import { openReport } from './targets.js';

/** Accepts a report (снять с контроля). Its author cannot accept it, unless the organisation's settings allow it. */
export const acceptReport: PlanCapability<
  { ReportAccepted: { readonly activityId: string; readonly reportId: string } },
  { acceptReport: { readonly reportId: string } }
> = {
  events: {
    ReportAccepted: {
      evolve: (plan, report) => withReportStatus(plan, report, 'ACCEPTED'),
      sentence: (_, row) => [`Отчёт принят, снято с контроля: ${row}`, `Report accepted: ${row}`],
    },
  },
  commands: {
    acceptReport: {
      givenBy: AGREERS,
      inStatus: ['APPROVED', 'CLOSED'],
      decide(plan, { reportId }, { actor }) {
        const report = openReport(plan, reportId);
        if ('kind' in report) return report;
        if (!mayBeAcceptedBy(report, actor, plan.settings)) return refuse('ACCEPTER_IS_REPORTER');
        return accept({ type: 'ReportAccepted', data: { activityId: activityIdOf(reportId), reportId } });
      },
    },
  },
};
