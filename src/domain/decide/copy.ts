import { generateNKeysBetween } from 'fractional-indexing';
import type { Given } from '../actor.js';
import type { PlanCommandOf } from '../commands.js';
import { copiedContent, nextPeriod } from '../copy.js';
import type { PlanEvent } from '../events.js';
import { needsReview } from '../plan.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { firstOf, optionalLine, validPeriod } from './checks.js';
import { keptBy, knownOrganisation, periodOf } from './draft.js';

/** Last year's plan as the draft of the next: its content moved by years, with everything that is unsure as a question. */
export function copyPlan(command: PlanCommandOf<'copyPlan'>, given: Given): Decision {
  const { source, from, organisationId } = command;
  const { details } = source;
  const period = command.period ?? (details.period && nextPeriod(details.period));
  const refused = firstOf(
    source.presence === 'WHOLE' ? undefined : refuse('PLAN_NOT_FOUND', 'fromPlanId'),
    knownOrganisation(organisationId, given),
    period === null ? refuse('PERIOD_REQUIRED', 'period') : undefined,
    validPeriod(period),
    optionalLine('title', command.title),
  );
  if (refused || period === null) return refused ?? refuse('PERIOD_REQUIRED', 'period');
  const { title, sections } = copiedContent(source, period, given.organisation?.settings);
  const { documentKind, ownerUnit, institution, timeZone } = details;
  const events: PlanEvent[] = [
    {
      type: 'PlanDrafted',
      data: {
        title: command.title?.trim() || title,
        documentKind,
        ownerUnit,
        institution,
        ...periodOf(period),
        ...keptBy(given, timeZone),
        stamps: [],
        copiedFrom: from,
        importing: null,
      },
    },
  ];
  const orders = generateNKeysBetween(null, null, sections.length);
  let activities = 0;
  for (const [index, section] of sections.entries()) {
    const sectionId = `s${index + 1}`;
    const { numberText, rows } = section;
    events.push({
      type: 'SectionAdded',
      data: { sectionId, order: orders[index] ?? '', numberText, title: section.title },
    });
    const places = generateNKeysBetween(null, null, rows.length);
    for (const [place, { content }] of rows.entries()) {
      activities += 1;
      const activityId = `a${activities}`;
      events.push({
        type: 'ActivityPlanned',
        data: { activityId, sectionId, order: places[place] ?? '', ...content },
      });
    }
  }
  const rows = sections.flatMap((section) => section.rows);
  const questions = rows.filter(({ content: { timeframe, irregularities } }) =>
    needsReview({ timeframe, irregularities }),
  );
  events.push({
    type: 'PlanCopied',
    data: {
      from,
      activities,
      unfinished: rows.filter(({ unfinished }) => unfinished).length,
      questions: questions.length,
    },
  });
  return accept(...events);
}
