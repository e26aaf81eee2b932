import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type { Given } from '../actor.js';
import { headingOf, type ImportedActivity, type ImportedSection, type PlanCommandOf } from '../commands.js';
import type { PlanEvent } from '../events.js';
import { evolve } from '../evolve.js';
import {
  activitiesOf,
  type ExistingPlan,
  MAX_ACTIVITIES,
  type PeriodKind,
  type Plan,
  type PlanDetails,
  sectionsInOrder,
} from '../plan.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { type PlanPeriod, sameSchedule } from '../schedule.js';
import { MAX_LONG, MAX_NUMBER, MAX_TITLE } from '../texts.js';
import { readTimeframe } from '../wording/read.js';
import {
  type Check,
  firstOf,
  optionalLine,
  reasonGiven,
  requiredLine,
  requiredText,
  validPeriod,
  validTimeZone,
} from './checks.js';

export function draftPlan(command: PlanCommandOf<'draftPlan'>, given: Given): Decision {
  const { type: _, period, organisationId, timeZone, ...details } = command;
  const refused = firstOf(
    validTimeZone(timeZone),
    knownOrganisation(organisationId, given),
    requiredLine('title', command.title),
    requiredLine('documentKind', command.documentKind),
    requiredLine('ownerUnit', command.ownerUnit),
    optionalLine('institution', command.institution),
    validPeriod(period),
  );
  const data = {
    ...details,
    ...periodOf(period),
    ...keptBy(given, timeZone),
    stamps: [],
    copiedFrom: null,
    importing: null,
  };
  return refused ?? accept({ type: 'PlanDrafted', data });
}

/** The organisation that is named must be there. */
export function knownOrganisation(organisationId: string | null, { organisation }: Given): Check {
  return organisationId !== null && organisation?.id !== organisationId
    ? refuse('ORGANISATION_NOT_FOUND', 'organisationId')
    : undefined;
}

/** What a plan takes over from the organisation that keeps it; without one, the zone that is stated. */
export function keptBy({ organisation }: Given, timeZone: string) {
  return {
    organisationId: organisation?.id ?? null,
    timeZone: organisation?.timeZone ?? timeZone,
    settings: organisation?.settings ?? null,
  };
}

/** A period given as dates, with its kind derived: 1 September to 31 August is a school year. */
export function periodOf(period: PlanPeriod | null): Pick<PlanDetails, 'period' | 'periodKind' | 'periodText'> {
  const kind = period === null ? null : periodKind(period.start.slice(5), period.end.slice(5));
  return { period, periodKind: kind, periodText: null };
}

function periodKind(start: string, end: string): PeriodKind {
  if (start === '09-01' && end === '08-31') return 'SCHOOL_YEAR';
  return start === '01-01' && end === '12-31' ? 'CALENDAR_YEAR' : 'OTHER';
}

/**
 * A document becomes a draft: one event for each part, the last of them marks that it is whole. What an import cut
 * short has stored already is not stored again; one begun by another reader is given up and begun anew.
 */
export function importPlan(plan: Plan, command: PlanCommandOf<'importPlan'>, given: Given): Decision {
  const whole = wholeImport(command, given);
  if (whole.kind === 'refused' || plan.status === 'ABSENT' || plan.presence !== 'IMPORTING') return whole;
  const { importing } = plan;
  const { events } = whole;
  const goesOn = importing?.reader === command.source.reader && importing.events === events.length;
  return goesOn
    ? { ...whole, events: events.slice(storedEvents(plan)) }
    : { ...whole, events: [{ type: 'PlanImportAbandoned', data: { events: storedEvents(plan) } }, ...events] };
}

/** Gives up the import under way. */
export function abandonImport(plan: ExistingPlan): Decision {
  return accept({ type: 'PlanImportAbandoned', data: { events: storedEvents(plan) } });
}

/** Every event of an import before its last one begins it, adds a section or plans an activity. */
function storedEvents({ lastSection, lastActivity }: ExistingPlan): number {
  return 1 + lastSection + lastActivity;
}

function wholeImport({ plan, source, timeZone, organisationId }: PlanCommandOf<'importPlan'>, given: Given): Decision {
  const activities = plan.sections.reduce((sum, section) => sum + section.activities.length, 0);
  const refused = firstOf(
    validTimeZone(timeZone),
    knownOrganisation(organisationId, given),
    requiredLine('title', plan.title, MAX_TITLE),
    requiredLine('ownerUnit', plan.ownerUnit),
    ...plan.sections.map(linesOf),
    activities === 0 ? refuse('NOTHING_PLANNED') : undefined,
    activities > MAX_ACTIVITIES ? refuse('PLAN_TOO_LARGE', null, { max: MAX_ACTIVITIES }) : undefined,
    validPeriod(plan.period),
  );
  if (refused) return refused;
  const { title, documentKind, ownerUnit, institution, period, periodKind, periodText, stamps } = plan;
  const head = { title, documentKind, ownerUnit, institution, period, periodKind, periodText };
  const importing = { ...source, events: plan.sections.length + activities + 2 };
  const events: PlanEvent[] = [
    { type: 'PlanDrafted', data: { ...head, ...keptBy(given, timeZone), stamps, copiedFrom: null, importing } },
  ];
  const orders = generateNKeysBetween(null, null, plan.sections.length);
  let row = 0;
  for (const [index, section] of plan.sections.entries()) {
    const { numberText, title } = section;
    const sectionId = `s${index + 1}`;
    events.push({ type: 'SectionAdded', data: { sectionId, order: orders[index] ?? '', numberText, title } });
    const places = generateNKeysBetween(null, null, section.activities.length);
    for (const [place, activity] of section.activities.entries()) {
      row += 1;
      events.push({
        type: 'ActivityPlanned',
        data: {
          activityId: `a${row}`,
          sectionId,
          order: places[place] ?? '',
          ...contentOf(activity, period, headingOf(section, activity)),
        },
      });
    }
  }
  const { irregularities, sections } = plan;
  events.push({
    type: 'PlanImported',
    data: { ...source, irregularities, sections: sections.length, activities },
  });
  return { kind: 'accepted', events, inChunks: true };
}

/** Titles and numbers of a section that is imported. The documents' reader joins lines, and bounds every cell. */
function linesOf({ title, numberText, activities }: ImportedSection): () => Check {
  return () =>
    firstOf(
      optionalLine('sections.title', title, MAX_TITLE),
      optionalLine('sections.numberText', numberText, MAX_NUMBER),
      ...activities.map((row) => () => {
        return (
          optionalLine('activities.title', row.title, MAX_LONG) ??
          optionalLine('activities.number', row.number, MAX_NUMBER)
        );
      }),
    );
}

function contentOf({ timeframeText, hint: _, ...row }: ImportedActivity, period: PlanPeriod | null, heading: string) {
  return { ...row, timeframe: readTimeframe(timeframeText, period, heading) };
}

/** What is approved stays as it was stamped; a plan that is not takes over the zone and settings of its organisation. */
export function assignPlan(
  plan: ExistingPlan,
  { organisationId }: PlanCommandOf<'assignPlan'>,
  given: Given,
): Decision {
  const { details, settings } = plan;
  const kept =
    plan.edition > 0 ? { organisationId, timeZone: details.timeZone, settings } : keptBy(given, details.timeZone);
  return (
    firstOf(
      organisationId === details.organisationId ? refuse('NOTHING_CHANGES') : undefined,
      knownOrganisation(organisationId, given),
      plan.edition > 0 ? reasonGiven(given) : undefined,
    ) ?? accept({ type: 'PlanAssigned', data: kept })
  );
}

/** A new period is a new ground for wordings: those that were read by rule are read again. */
export function changePlanDetails(plan: ExistingPlan, command: PlanCommandOf<'changePlanDetails'>): Decision {
  const { details } = plan;
  const { title = details.title, ownerUnit = details.ownerUnit } = command;
  const institution = command.institution === undefined ? details.institution : command.institution;
  const { period, periodKind, periodText } = command.period ? periodOf(command.period) : details;
  const data = { title, ownerUnit, institution, period, periodKind, periodText };
  const refused = firstOf(
    requiredText('title', title, MAX_TITLE),
    requiredText('ownerUnit', ownerUnit),
    ...[optionalLine('title', command.title, MAX_TITLE), optionalLine('ownerUnit', command.ownerUnit)],
    optionalLine('institution', command.institution),
    validPeriod(period),
    same({ ...details, ...data }, details) ? refuse('NOTHING_CHANGES') : undefined,
  );
  if (refused) return refused;
  const changed = evolve(plan, { type: 'PlanDetailsChanged', data });
  return accept({ type: 'PlanDetailsChanged', data }, ...readAgain(changed));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function readAgain(plan: ExistingPlan): PlanEvent[] {
  return [...plan.activities.values()].flatMap(({ id, sectionId, timeframe }) => {
    if (timeframe.rules === 'stated') return [];
    const again = readTimeframe(timeframe.text, plan.details.period, plan.sections.get(sectionId)?.title);
    const unchanged = sameSchedule(again.schedule, timeframe.schedule) && same(again.flags, timeframe.flags);
    return unchanged
      ? []
      : [{ type: 'ActivityRescheduled', data: { activityId: id, timeframe: again, requestId: null } } as const];
  });
}

/** A plan has no more sections than this. */
const MAX_SECTIONS = 500;

export function addSection(plan: ExistingPlan, command: PlanCommandOf<'addSection'>): Decision {
  const { title, numberText, after } = command;
  const sections = sectionsInOrder(plan);
  const index = after === null ? sections.length - 1 : sections.findIndex(({ id }) => id === after);
  const refused = firstOf(
    requiredLine('title', title, MAX_TITLE),
    optionalLine('numberText', numberText, MAX_NUMBER),
    sections.length >= MAX_SECTIONS ? refuse('TOO_MANY', null, { max: MAX_SECTIONS }) : undefined,
    after !== null && index < 0 ? refuse('SECTION_NOT_FOUND', 'after') : undefined,
  );
  const order = generateKeyBetween(sections[index]?.order ?? null, sections[index + 1]?.order ?? null);
  const sectionId = `s${plan.lastSection + 1}`;
  return refused ?? accept({ type: 'SectionAdded', data: { sectionId, order, numberText, title: title.trim() } });
}

export function changeSection(plan: ExistingPlan, command: PlanCommandOf<'changeSection'>): Decision {
  const section = plan.sections.get(command.sectionId);
  if (!section) return refuse('SECTION_NOT_FOUND', 'sectionId');
  const { title = section.title, numberText = section.numberText } = command;
  const refused = firstOf(
    requiredText('title', title, MAX_TITLE),
    ...[optionalLine('title', command.title, MAX_TITLE), optionalLine('numberText', command.numberText, MAX_NUMBER)],
    title === section.title && numberText === section.numberText ? refuse('NOTHING_CHANGES') : undefined,
  );
  return refused ?? accept({ type: 'SectionChanged', data: { sectionId: section.id, title, numberText } });
}

export function removeSection(plan: ExistingPlan, { sectionId }: PlanCommandOf<'removeSection'>): Decision {
  if (!plan.sections.has(sectionId)) return refuse('SECTION_NOT_FOUND', 'sectionId');
  return activitiesOf(plan, sectionId).length > 0
    ? refuse('SECTION_NOT_EMPTY', 'sectionId')
    : accept({ type: 'SectionRemoved', data: { sectionId } });
}

export function removeActivity(plan: ExistingPlan, { activityId }: PlanCommandOf<'removeActivity'>): Decision {
  return plan.activities.has(activityId)
    ? accept({ type: 'ActivityRemoved', data: { activityId } })
    : refuse('ACTIVITY_NOT_FOUND', 'activityId');
}
