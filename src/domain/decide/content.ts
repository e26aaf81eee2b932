import { generateKeyBetween } from 'fractional-indexing';
import type { ActivityEntry, ContentChange, PlanCommandOf, TimeframeEntry } from '../commands.js';
import type { ActivityContent } from '../events.js';
import { evolve } from '../evolve.js';
import { type Responsible, sameResponsible } from '../parties.js';
import { type Activity, activitiesOf, type ExistingPlan, MAX_ACTIVITIES } from '../plan.js';
import { pointsOf } from '../points.js';
import { citedDocuments } from '../references.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { sameSchedule, type Timeframe } from '../schedule.js';
import { MAX_LONG, MAX_NUMBER } from '../texts.js';
import { readTimeframe } from '../wording/read.js';
import { type Check, fewEnough, firstOf, optionalLine, optionalText, requiredText, validSchedule } from './checks.js';

/** Decides one change of content, in a draft or as part of an amendment. */
export function decideChange(plan: ExistingPlan, change: ContentChange): Decision {
  if (change.type === 'addActivity') return addActivity(plan, change);
  const activity = plan.activities.get(change.activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  if (activity.excluded) return refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id });
  switch (change.type) {
    case 'rewordActivity':
      return reword(plan, activity, change);
    case 'rescheduleActivity':
      return reschedule(plan, activity, change.timeframe);
    case 'reassignActivity':
      return reassign(activity, change.responsible);
    case 'moveActivity':
      return move(plan, activity, change);
    case 'excludeActivity':
      return accept({ type: 'ActivityExcluded', data: { activityId: activity.id } });
  }
}

/** A timeframe entered by hand: read by the rules, or stated by its author and then certain. */
export function timeframeOf(plan: ExistingPlan, sectionId: string, entry: TimeframeEntry): Timeframe {
  const text = entry.text.trim();
  return entry.schedule === null
    ? readTimeframe(text, plan.details.period, plan.sections.get(sectionId)?.title)
    : { text, schedule: entry.schedule, confidence: 'certain', alternatives: [], flags: [], rules: 'stated' };
}

function addActivity(plan: ExistingPlan, change: Extract<ContentChange, { type: 'addActivity' }>): Decision {
  const { activity, sectionId, after } = change;
  const number = activity.number === undefined ? nextNumber(plan, sectionId) : activity.number;
  const place = placeIn(plan, sectionId, after, null);
  const refused = firstOf(
    plan.sections.has(sectionId) ? undefined : refuse('SECTION_NOT_FOUND', 'sectionId'),
    place === undefined ? refuse('ACTIVITY_NOT_FOUND', 'after') : undefined,
    plan.activities.size >= MAX_ACTIVITIES ? refuse('PLAN_TOO_LARGE', null, { max: MAX_ACTIVITIES }) : undefined,
    validEntry(activity),
    freeNumber(plan, sectionId, number, null),
  );
  if (refused || place === undefined) return refused ?? refuse('ACTIVITY_NOT_FOUND', 'after');
  const content = contentOf(plan, sectionId, activity, number);
  return (
    unreadInForce(plan, content.timeframe) ??
    accept({
      type: 'ActivityPlanned',
      data: { activityId: `a${plan.lastActivity + 1}`, sectionId, order: place, ...content },
    })
  );
}

/** An amendment brings no wording into force that nobody understands. */
function unreadInForce(plan: ExistingPlan, timeframe: Timeframe): Check {
  return plan.status === 'APPROVED' && timeframe.confidence === 'unknown'
    ? refuse('UNREAD_WORDING', 'timeframe.text', { text: timeframe.text })
    : undefined;
}

function validEntry(entry: ActivityEntry): Check {
  return firstOf(
    validWording(entry.title, entry.subItems),
    optionalLine('title', entry.title, MAX_LONG),
    optionalLine('number', entry.number, MAX_NUMBER),
    requiredText('timeframe.text', entry.timeframe.text),
    validSchedule('timeframe.schedule', entry.timeframe.schedule),
    validResponsible(entry.responsible),
  );
}

function validWording(title: string, subItems: readonly string[]): Check {
  return firstOf(
    requiredText('title', title, MAX_LONG),
    fewEnough('subItems', subItems),
    ...subItems.map((item, index) => requiredText(`subItems.${index}`, item, MAX_LONG)),
  );
}

function validResponsible(responsible: Responsible): Check {
  return firstOf(
    responsible.parties.length === 0 ? refuse('REQUIRED', 'responsible') : undefined,
    fewEnough('responsible', responsible.parties),
    optionalText('responsible', responsible.text.filter((part) => typeof part === 'string').join(''), MAX_LONG),
  );
}

function contentOf(
  plan: ExistingPlan,
  sectionId: string,
  entry: ActivityEntry,
  number: string | null,
): ActivityContent {
  const wording = wordingOf(entry.title, entry.subItems);
  return {
    number,
    ...wording,
    timeframe: timeframeOf(plan, sectionId, entry.timeframe),
    responsible: entry.responsible,
    extras: {},
    irregularities: [],
    source: null,
  };
}

/** The cell as it would be printed, from a title and its sub-items. */
function wordingOf(title: string, subItems: readonly string[]) {
  const head = title.trim();
  const items = subItems.map((item) => item.trim());
  const text = items.length === 0 ? head : `${head}: ${items.map((item) => `- ${item}`).join('; ')}`;
  return { title: head, text, subItems: items, references: citedDocuments(text) };
}

function reword(
  plan: ExistingPlan,
  activity: Activity,
  change: Extract<ContentChange, { type: 'rewordActivity' }>,
): Decision {
  const number = change.number === undefined ? activity.number : change.number;
  const title = change.title ?? activity.title;
  const subItems = change.subItems ?? activity.subItems;
  const onlyNumber = change.title === undefined && change.subItems === undefined;
  const { text, references } = activity;
  const wording = onlyNumber ? { title, text, subItems, references } : wordingOf(title, subItems);
  const refused = firstOf(
    validWording(title, subItems),
    optionalLine('title', change.title, MAX_LONG),
    optionalLine('number', change.number, MAX_NUMBER),
    number === activity.number && wording.text === activity.text ? refuse('NOTHING_CHANGES') : undefined,
    freeNumber(plan, activity.sectionId, number, activity.id),
  );
  return refused ?? accept({ type: 'ActivityReworded', data: { activityId: activity.id, number, ...wording } });
}

function reschedule(plan: ExistingPlan, activity: Activity, entry: TimeframeEntry): Decision {
  return validTimeframe(entry) ?? rescheduleTo(plan, activity, timeframeOf(plan, activity.sectionId, entry), null);
}

/** A timeframe as a person may enter it. */
export function validTimeframe(entry: TimeframeEntry): Check {
  return firstOf(requiredText('timeframe.text', entry.text), validSchedule('timeframe.schedule', entry.schedule));
}

/** Another term for an activity. `requestId`: the request that it grants. */
export function rescheduleTo(
  plan: ExistingPlan,
  activity: Activity,
  timeframe: Timeframe,
  requestId: string | null,
): Decision {
  const { timeframe: present } = activity;
  if (
    timeframe.text === present.text &&
    timeframe.confidence === present.confidence &&
    sameSchedule(timeframe.schedule, present.schedule)
  ) {
    return refuse('NOTHING_CHANGES');
  }
  const unread = unreadInForce(plan, timeframe);
  if (unread) return unread;
  const event = { type: 'ActivityRescheduled', data: { activityId: activity.id, timeframe, requestId } } as const;
  const lost = lostEvidence(activity, evolve(plan, event));
  return lost ? refuse('POINT_HAS_EVIDENCE', 'timeframe', { point: lost }) : accept(event);
}

/** The first point with a completion or report that the changed plan no longer has. */
function lostEvidence(activity: Activity, changed: ExistingPlan): string | undefined {
  const after = changed.activities.get(activity.id);
  const kept = new Set((after ? pointsOf(changed, after) : []).map(({ id }) => id));
  const reported = activity.reports
    .filter(({ status }) => status !== 'WITHDRAWN')
    .flatMap(({ points }) => points.map(({ pointId }) => pointId));
  return [...Object.keys(activity.completions), ...reported].find((id) => !kept.has(id));
}

/**
 * Settles what a wording means. The plan that was approved by a reading is not changed by another one: that takes an
 * amendment, so that there the proposed reading can be confirmed alone.
 */
export function resolveWording(plan: ExistingPlan, { activityId, reading }: PlanCommandOf<'resolveWording'>): Decision {
  const activity = plan.activities.get(activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  if (activity.excluded) return refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id });
  const { schedule: proposed, confidence, alternatives, flags, text } = activity.timeframe;
  const listed = [proposed, ...alternatives];
  const schedule = typeof reading === 'number' ? listed[reading] : reading;
  if (schedule === undefined) return refuse('READING_NOT_FOUND', 'reading', { max: alternatives.length });
  const isProposed = sameSchedule(schedule, proposed);
  return (
    firstOf(
      schedule.kind === 'unknown' ? refuse('UNREAD_WORDING', 'schedule', { text }) : undefined,
      validSchedule('schedule', schedule),
      isProposed && confidence === 'certain' && flags.length === 0 ? refuse('NOTHING_CHANGES') : undefined,
      plan.status === 'APPROVED' && !isProposed ? refuse('READING_IN_FORCE', 'reading', { text }) : undefined,
    ) ?? accept({ type: 'WordingResolved', data: { activityId, schedule } })
  );
}

function reassign(activity: Activity, responsible: Responsible): Decision {
  const refused = validResponsible(responsible);
  if (refused) return refused;
  return sameResponsible(responsible, activity.responsible)
    ? refuse('NOTHING_CHANGES')
    : accept({ type: 'ActivityReassigned', data: { activityId: activity.id, responsible } });
}

function move(
  plan: ExistingPlan,
  activity: Activity,
  { sectionId, after }: Extract<ContentChange, { type: 'moveActivity' }>,
): Decision {
  if (!plan.sections.has(sectionId)) return refuse('SECTION_NOT_FOUND', 'sectionId');
  const order = after === activity.id ? undefined : placeIn(plan, sectionId, after, activity.id);
  if (order === undefined) return refuse('ACTIVITY_NOT_FOUND', 'after');
  const before = activitiesOf(plan, activity.sectionId);
  const stays = sectionId === activity.sectionId && before[before.indexOf(activity) - 1]?.id === (after ?? undefined);
  return stays
    ? refuse('NOTHING_CHANGES')
    : accept({ type: 'ActivityMoved', data: { activityId: activity.id, sectionId, order } });
}

/** The order that stands after `after` (null: before all) among the others of the section. */
function placeIn(
  plan: ExistingPlan,
  sectionId: string,
  after: string | null,
  moved: string | null,
): string | undefined {
  const rows = activitiesOf(plan, sectionId).filter(({ id }) => id !== moved);
  if (after === null) return generateKeyBetween(null, rows[0]?.order ?? null);
  const index = rows.findIndex(({ id }) => id === after);
  const [left, right] = [rows[index], rows[index + 1]];
  if (!left) return undefined;
  return generateKeyBetween(left.order, right?.order ?? null);
}

/** Numbers run through the plan unless two sections already share one; excluded rows keep theirs. */
function rowsSharingNumbers(plan: ExistingPlan, sectionId: string): Activity[] {
  const rows = [...plan.activities.values()].filter(({ number }) => number !== null);
  const perSection = new Set(rows.map(({ number }) => number)).size < rows.length;
  return perSection ? rows.filter((row) => row.sectionId === sectionId) : rows;
}

function freeNumber(plan: ExistingPlan, sectionId: string, number: string | null, self: string | null): Check {
  if (number === null) return undefined;
  const taken = rowsSharingNumbers(plan, sectionId).some((row) => row.number === number && row.id !== self);
  return taken ? refuse('NUMBER_TAKEN', 'number', { number }) : undefined;
}

function nextNumber(plan: ExistingPlan, sectionId: string): string {
  const numbers = rowsSharingNumbers(plan, sectionId).map(({ number }) => Number.parseInt(number ?? '', 10) || 0);
  return String(Math.max(0, ...numbers) + 1);
}
