import { type Holder, hintOf } from '../domain/access/holder.js';
import { remembered } from '../domain/memo.js';
import type { Organisation } from '../domain/organisation/organisation.js';
import { isPersonal, type PrintedText } from '../domain/personal.js';
import { scopeOf } from '../domain/plan/scope.js';
import { type Activity, type Plan, sectionsInOrder } from '../domain/plan.js';
import { notation, type Timeframe } from '../domain/schedule.js';
import type { AnyChange } from './model.js';

/** A field before and after an event. Names of persons stay sealed; they are opened when the change is read. */
export interface FieldChange {
  /** Dotted path. A list item has its id in brackets: `activities[a3].timeframe.text`. */
  readonly path: string;
  /** Null when the field had no value before the event. */
  readonly before: PrintedText | null;
  /** Null when the field has no value after the event. */
  readonly after: PrintedText | null;
}

type Facts = ReadonlyMap<string, PrintedText>;

/** Returns the fields that an event changed, found by a comparison of the states before and after it. */
export const fieldChanges = remembered((change: AnyChange): readonly FieldChange[] => {
  if (change.of === 'plain') return [];
  if (change.of === 'holder') return comparedFacts(holderFacts(change.before), holderFacts(change.after));
  if (change.of === 'organisation') {
    return comparedFacts(organisationFacts(change.before), organisationFacts(change.after));
  }
  const { before, after, recorded } = change;
  const scope = scopeOf(recorded.event);
  if (typeof scope === 'string') return planChanges(before, after);
  const { activityId } = scope;
  return comparedFacts(activityFacts(before, activityId), activityFacts(after, activityId));
});

/** Returns the top-level names of changed fields: `timeframe` for `activities[a3].timeframe.text`. */
export function fieldsIn(changes: readonly FieldChange[]): string[] {
  const names = changes.map(({ path }) => path.replace(/^activities\[[^\]]+\]\.?/, '').split(/[.[]/)[0] ?? '');
  return [...new Set(names)].filter((name) => name !== '');
}

/** Returns the differences between two states of a plan, its activities excluded. */
export function planChanges(before: Plan, after: Plan): FieldChange[] {
  return comparedFacts(planFacts(before), planFacts(after));
}

function comparedFacts(before: Facts, after: Facts): FieldChange[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter(({ before, after }) => before !== after && JSON.stringify(before) !== JSON.stringify(after));
}

function organisationFacts(organisation: Organisation): Facts {
  if (organisation.status === 'ABSENT') return new Map();
  const { status: _, ...facts } = organisation;
  return new Map([...flat(facts, '')]);
}

/** Shows credentials by their hints only: hashes mean nothing to a reader. */
function holderFacts(holder: Holder): Facts {
  if (holder.status === 'ABSENT') return new Map();
  const { name, credentials, organisationIds, webhooks, ...facts } = holder;
  const shown = credentials.map(({ credential, until }) => ({
    id: hintOf(credential),
    until: until ?? 'never',
  }));
  const scope = organisationIds === null ? 'all' : organisationIds.join(', ');
  const hooks = webhooks.map(({ id, url, eventTypes, generation }) => ({
    ...{ id, url, generation },
    eventTypes: eventTypes?.join(', ') ?? 'all',
  }));
  return new Map([...flat({ name: [name], ...facts, scope, credentials: shown, webhooks: hooks }, '')]);
}

function planFacts(plan: Plan): Facts {
  if (plan.status === 'ABSENT') return new Map();
  const { status, edition, details, stamps, remarks, underControlFrom, agreedSteps, settings, periodReports } = plan;
  const { route, copiedFrom } = plan;
  const imported = plan.imported && { fileName: plan.imported.fileName, sha256: plan.imported.sha256 };
  const sections = sectionsInOrder(plan).map(({ id, order, numberText, title }) => ({ id, order, numberText, title }));
  const facts = {
    status,
    edition,
    ...details,
    stamps,
    remarks,
    underControlFrom,
    route,
    agreedSteps: agreedSteps.length,
    copiedFrom,
    settings,
    imported,
  };
  const outcomes = Object.values(plan.outcomes).map(({ pointId, ...outcome }) => ({ id: pointId, ...outcome }));
  const reported = periodReports.map(({ reportId: id, kind, window, issuedOn }) => ({ id, kind, window, issuedOn }));
  return new Map([...flat({ ...facts, sections, outcomes, periodReports: reported }, '')]);
}

function activityFacts(plan: Plan, activityId: string): Facts {
  const activity = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
  if (!activity || plan.status === 'ABSENT') return new Map();
  return activityLeaves(activity, plan.sections.get(activity.sectionId)?.title ?? activity.sectionId);
}

const activityLeaves = remembered((activity: Activity, section: string): Facts => {
  const path = `activities[${activity.id}]`;
  return new Map([
    ...flat(comparableFacts(activity, section), path),
    [`${path}.responsible`, activity.responsible.text],
  ]);
});

function comparableFacts(activity: Activity, section: string) {
  const { number, title, text, subItems, excluded, timeframe, extras, reports, completions, requests, progress } =
    activity;
  const { accountable, missed, externalId } = activity;
  return {
    section,
    order: activity.order,
    number,
    title,
    text,
    subItems,
    timeframe: shownTimeframe(timeframe),
    extras,
    externalId,
    excluded,
    accountable: accountable && (accountable.by === 'owner' ? 'owner' : accountable.key),
    missed: Object.entries(missed).map(([id, days]) => ({ id, days: days.join(', ') })),
    requests: requests.map(({ id, status, timeframe: asked, requestedOn, late }) => ({
      ...{ id, status, requestedOn, late },
      timeframe: shownTimeframe(asked),
    })),
    progress: progress.map(({ id, pointId, actualOn, count, subItem, expectedOn, note }) => ({
      id,
      pointId,
      actualOn,
      count,
      subItem,
      expectedOn,
      note,
    })),
    completions: Object.entries(completions).map(([id, { actualOn, count, note }]) => ({ id, actualOn, count, note })),
    reports: reports.map(({ id, status, text, actualOn, interim, late, points, evidence, submittedOn }) => ({
      ...{ id, status, text, actualOn, interim, late, evidence, submittedOn },
      points: points.map(({ pointId }) => pointId).join(', '),
    })),
  };
}

function shownTimeframe({ text, schedule }: Timeframe) {
  const { kind, interpretation } = notation(schedule);
  return { text, schedule: `${kind} ${interpretation}` };
}

/** Yields each leaf of a value with its path. A printed text is one leaf. A list item with an id is named by it. */
function* flat(value: unknown, path: string): Generator<readonly [string, PrintedText]> {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') {
    yield [path, [String(value)]];
    return;
  }
  if (isPrintedText(value)) {
    yield [path, value];
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const id = Array.isArray(value) ? `[${itemId(item) ?? key}]` : path === '' ? key : `.${key}`;
    if (key !== 'id') yield* flat(item, `${path}${id}`);
  }
}

function itemId(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : undefined;
}

function isPrintedText(value: object): value is PrintedText {
  return (
    Array.isArray(value) &&
    value.some(isPersonal) &&
    value.every((part) => typeof part === 'string' || isPersonal(part))
  );
}
