import type { Given } from '../actor.js';
import type { PlanCommandOf } from '../commands.js';
import { localDay } from '../dates.js';
import { PERIOD_INDICATORS } from '../indicators/codes.js';
import { factsOf } from '../indicators/facts.js';
import { eachCounted, figuresOf } from '../indicators/figures.js';
import { reportedScope, reportedWindow } from '../indicators/periodReport.js';
import type { ExistingPlan } from '../plan.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { MAX_LONG } from '../texts.js';
import { fewEnough, firstOf, optionalText, validDate } from './checks.js';

/** Most reports on periods of one plan: a month's each for its two years, and some of them anew. */
const MAX_REPORTS = 200;

/** A report on a period that is over, with the figures as they are known now. */
export function issuePeriodReport(
  plan: ExistingPlan,
  { kind, day, note: remark }: PlanCommandOf<'issuePeriodReport'>,
  given: Given,
): Decision {
  const { period, timeZone } = plan.details;
  const note = remark?.trim() || null;
  const refused = firstOf(
    validDate('day', day),
    optionalText('note', note, MAX_LONG),
    period === null ? refuse('PERIOD_REQUIRED', 'period') : undefined,
    fewEnough('periodReports', plan.periodReports, MAX_REPORTS - 1),
  );
  if (refused || period === null) return refused ?? refuse('PERIOD_REQUIRED', 'period');
  const window = reportedWindow(kind, day, period);
  const issuedOn = localDay(given.now, timeZone);
  if (!window) return refuse('DAY_OUTSIDE_PERIOD', 'day', { start: period.start, end: period.end });
  if (issuedOn <= window.end) return refuse('PERIOD_NOT_OVER', 'day', { end: window.end });
  const facts = factsOf(plan);
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
      figures: figuresOf(facts, scope, PERIOD_INDICATORS),
      notDone,
      note,
    },
  });
}
