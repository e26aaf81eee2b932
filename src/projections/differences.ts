import { type Holder, hintOf, type TimedCredential } from '../domain/access/holder.js';
import type { LogEvent } from '../domain/log/events.js';
import { memoized } from '../domain/memo.js';
import { mapValues } from '../domain/objects.js';
import type { Organisation } from '../domain/organisation/organisation.js';
import type { Party } from '../domain/parties.js';
import type { PersonEvent } from '../domain/person/events.js';
import { isPersonal, type PrintedText, textWithoutPersons } from '../domain/personal.js';
import { scopeOf } from '../domain/plan/scope.js';
import { type Activity, activityIdOf, type ExistingPlan, type Plan, sectionsInOrder } from '../domain/plan.js';
import { notation, type Timeframe } from '../domain/schedule.js';
import type { AnyChange, OrganisationChange } from './model.js';

/** A field before and after an event. Names of persons are sealed; they are opened when the change is read. */
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
export const fieldChanges = memoized((change: AnyChange): readonly FieldChange[] => {
  if (change.of === 'plain') return plainChanges(change.recorded.event);
  if (change.of === 'holder') return comparedFacts(holderFacts(change.before), holderFacts(change.after));
  if (change.of === 'organisation') return organisationChanges(change);
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

/** Returns the data of an event on a stream that has no state. */
function plainChanges(event: PersonEvent | LogEvent): readonly FieldChange[] {
  switch (event.type) {
    case 'LogKeyRotated': {
      const { key, previous } = event.data;
      return comparedFacts(factsOf({ key: previous }), factsOf({ key }));
    }
    case 'LogAccepted':
    case 'PersonForgotten':
      return comparedFacts(new Map(), factsOf(event.data));
  }
}

function organisationChanges({ before, after, recorded: { event } }: OrganisationChange): readonly FieldChange[] {
  const changes = comparedFacts(organisationFacts(before), organisationFacts(after));
  if (event.type !== 'OrganisationReportIssued') return changes;
  // The state of an organisation has only the number of its reports, so the report is taken from the event.
  const { reportId: id, kind, window, issuedOn, plans, note } = event.data;
  const issued = factsOf({ periodReports: [{ id, kind, window, issuedOn, plans, note }] });
  return [...changes, ...comparedFacts(new Map(), issued)];
}

function organisationFacts(organisation: Organisation): Facts {
  if (organisation.status === 'ABSENT') return new Map();
  const { status: _, reports: __, partyCells, ...facts } = organisation;
  const shownCells = mapValues(partyCells, ({ text, parties }) => ({ text, parties: shownParties(parties) }));
  return factsOf({ ...facts, partyCells: shownCells });
}

function factsOf(facts: object): Facts {
  return new Map(flat(facts, ''));
}

/**
 * Returns credentials under their hints, because hashes mean nothing to a reader. Equal hints are numbered, the oldest
 * first.
 */
function shownCredentials(credentials: readonly TimedCredential[]) {
  const logins = credentials.filter(({ credential }) => credential.kind === 'identity').toReversed();
  const keys = credentials.filter(({ credential }) => credential.kind === 'key');
  const times = new Map<string, number>();
  return [...logins, ...keys].map(({ credential, until }) => {
    const hint = hintOf(credential);
    const time = (times.get(hint) ?? 0) + 1;
    times.set(hint, time);
    return { id: time === 1 ? hint : `${hint} (${time})`, until: until ?? 'never' };
  });
}

function holderFacts(holder: Holder): Facts {
  if (holder.status === 'ABSENT') return new Map();
  const { name, credentials, organisationIds, webhooks, ...facts } = holder;
  const scope = organisationIds === null ? 'all' : organisationIds.join(', ');
  const hooks = webhooks.map(({ eventTypes, ...hook }) => ({
    ...hook,
    eventTypes: eventTypes?.join(', ') ?? 'all',
  }));
  return factsOf({ name: [name], ...facts, scope, credentials: shownCredentials(credentials), webhooks: hooks });
}

function planFacts(plan: Plan): Facts {
  if (plan.status === 'ABSENT') return new Map();
  const { status, edition, details, stamps, remarks, underControlFrom, agreedSteps, settings, periodReports } = plan;
  const { route, copiedFrom } = plan;
  const imported = plan.imported && { fileName: plan.imported.fileName, sha256: plan.imported.sha256 };
  const sections = sectionsInOrder(plan);
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
  const outcomes = Object.values(plan.outcomes).map(({ pointId, outcome, explanation }) => ({
    id: pointId,
    activity: closedRowName(plan, pointId),
    outcome,
    explanation,
  }));
  const reported = periodReports.map(({ reportId: id, kind, window, issuedOn, note }) => ({
    id,
    kind,
    window,
    issuedOn,
    note,
  }));
  return factsOf({ ...facts, sections, outcomes, periodReports: reported });
}

/** Returns number and title of the row that a control point belongs to. */
function closedRowName(plan: ExistingPlan, pointId: string): string | undefined {
  const row = plan.activities.get(activityIdOf(pointId));
  return row && [row.number, row.title].filter((part) => part !== null).join('. ');
}

function activityFacts(plan: Plan, activityId: string): Facts {
  const activity = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
  if (!activity || plan.status === 'ABSENT') return new Map();
  return activityLeaves(activity, plan.sections.get(activity.sectionId)?.title ?? activity.sectionId);
}

const activityLeaves = memoized((activity: Activity, section: string): Facts => {
  const path = `activities[${activity.id}]`;
  return new Map([
    ...flat(comparableFacts(activity, section), path),
    [`${path}.responsible`, activity.responsible.text],
    ...flat(activity.responsible.statedBy && shownParties(activity.responsible.parties), `${path}.responsible.parties`),
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
      id,
      status,
      requestedOn,
      late,
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
      id,
      status,
      text,
      actualOn,
      interim,
      late,
      evidence,
      submittedOn,
      points: points.map(({ pointId }) => pointId).join(', '),
    })),
  };
}

function shownParties(parties: readonly Party[]) {
  return parties.map(({ name, kind, agreement, joint }) => ({
    name: textWithoutPersons(name) ?? name,
    kind,
    agreement: agreement || null,
    joint: joint || null,
  }));
}

function shownTimeframe({ text, schedule }: Timeframe) {
  const { kind, interpretation } = notation(schedule);
  return { text, schedule: `${kind} ${interpretation}` };
}

/**
 * Yields each leaf of a value with its path. A printed text is one leaf. The path of a list item with an id contains
 * the id.
 */
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
