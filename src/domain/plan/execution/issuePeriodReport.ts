import { dayText, type LocalDate, localDay } from '../../dates.js';
import { PERIOD_INDICATORS } from '../../indicators/codes.js';
import { indicatorFacts } from '../../indicators/facts.js';
import { eachCounted, planFigures } from '../../indicators/figures.js';
import {
  type PeriodReport,
  type PeriodReportKind,
  reportedScope,
  reportedWindow,
} from '../../indicators/periodReport.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { MAX_LONG } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { fewEnough, firstOf, optionalText, validDate } from '../checks.js';

/**
 * Maximum number of period reports of one plan. Allows one report for each month of two years, several of them issued
 * again.
 */
const MAX_PERIOD_REPORTS = 200;

interface IssuePeriodReport {
  readonly kind: PeriodReportKind;
  /** Any day of the period. */
  readonly day: LocalDate;
  readonly note: string | null;
}

/** Issues a report on a period that is over. Its figures never change; a later correction shows as a difference. */
export const issuePeriodReport: PlanCapability<
  { PeriodReportIssued: PeriodReport },
  { issuePeriodReport: IssuePeriodReport }
> = {
  events: {
    PeriodReportIssued: {
      evolve: (plan, report) => ({ ...plan, periodReports: [...plan.periodReports, report] }),
      sentence: ({ window: { start, end } }) => [
        `Отчёт за период ${dayText(start)} … ${dayText(end)}`,
        `Report on ${start} … ${end}`,
      ],
    },
  },
  commands: {
    issuePeriodReport: {
      givenBy: EXECUTORS,
      inStatus: ['APPROVED', 'CLOSED', 'CANCELLED'],
      decide(plan, { kind, day, note: remark }, given) {
        const { period, timeZone } = plan.details;
        const note = remark?.trim() || null;
        const refused = firstOf(
          validDate('day', day),
          optionalText('note', note, MAX_LONG),
          period === null ? refuse('PERIOD_REQUIRED', 'period') : undefined,
          fewEnough('periodReports', plan.periodReports, MAX_PERIOD_REPORTS - 1),
        );
        if (refused || period === null) return refused ?? refuse('PERIOD_REQUIRED', 'period');
        const window = reportedWindow(kind, day, period);
        const issuedOn = localDay(given.now, timeZone);
        if (!window) return refuse('DAY_OUTSIDE_PERIOD', 'day', { start: period.start, end: period.end });
        if (issuedOn <= window.end) return refuse('PERIOD_NOT_OVER', 'day', { end: window.end });
        const facts = indicatorFacts(plan);
        const scope = reportedScope({ window, issuedOn });
        const notDone: string[] = [];
        eachCounted('DONE', facts, scope, (fact, numerator) => {
          if (numerator === 0 && 'pointId' in fact) notDone.push(fact.pointId);
        });
        return accept({
          type: 'PeriodReportIssued',
          data: {
            reportId: `pr${plan.periodReports.length + 1}`,
            kind,
            window,
            issuedOn,
            edition: plan.edition,
            figures: planFigures(facts, scope, PERIOD_INDICATORS),
            notDone,
            note,
          },
        });
      },
    },
  },
};
