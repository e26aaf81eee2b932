import { type Holder, hintOf, type TimedCredential } from '../domain/access/holder.js';
import type { LogEvent } from '../domain/log/events.js';
import { memoized } from '../domain/memo.js';
import { mapValues } from '../domain/objects.js';
import type { Organisation } from '../domain/organisation/organisation.js';
import type { Party } from '../domain/parties.js';
import type { PersonEvent } from '../domain/person/events.js';
import { isPersonal, type PrintedText, textWithoutPersons } from '../domain/personal.js';
import { scopeOf } from '../domain/plan/scope.js';
import {
  type Activity,
  activityIdOf,
  type ExistingPlan,
  type Plan,
  type Report,
  sectionsInOrder,
} from '../domain/plan.js';
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

/** Leaves of facts by their paths. */
type Leaves = Map<string, PrintedText>;

/** Returns the fields that an event changed, found by a comparison of the states before and after it. */
export const fieldChanges = memoized((change: AnyChange): readonly FieldChange[] => {
  if (change.of === 'plain') return plainChanges(change.recorded.event);
  if (change.of === 'holder') return comparedFacts(holderFacts(change.before), holderFacts(change.after));
  if (change.of === 'organisation') return organisationChanges(change);
  const { before, after, recorded } = change;
  const scope = scopeOf(recorded.event);
  if (typeof scope === 'string') return planChanges(before, after);
  const { activityId } = scope;
  const [facts, others] = [activityFacts(before, activityId), activityFacts(after, activityId)];
  return comparedLeaves(activityLeaves(activityId, facts, others), activityLeaves(activityId, others, facts));
});

/** Returns the top-level names of changed fields: `timeframe` for `activities[a3].timeframe.text`. */
export function fieldsIn(changes: readonly FieldChange[]): string[] {
  const names = changes.map(({ path }) => /^(?:activities\[[^\]]+\]\.?)?([^.[]*)/.exec(path)?.[1] ?? '');
  return [...new Set(names)].filter((name) => name !== '');
}

/** Returns the differences between two states of a plan, its activities excluded. */
export function planChanges(before: Plan, after: Plan): FieldChange[] {
  return comparedFacts(planFacts(before), planFacts(after));
}

function comparedFacts(before: object, after: object): FieldChange[] {
  const [leaves, others]: readonly [Leaves, Leaves] = [new Map(), new Map()];
  addLeaves(leaves, before, '', after);
  addLeaves(others, after, '', before);
  return comparedLeaves(leaves, others);
}

function comparedLeaves(before: Leaves, after: Leaves): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const [path, text] of before) {
    const other = after.get(path);
    if (other === undefined || !isSameText(text, other)) changes.push({ path, before: text, after: other ?? null });
  }
  for (const [path, text] of after) if (!before.has(path)) changes.push({ path, before: null, after: text });
  return changes;
}

function isSameText(one: PrintedText, other: PrintedText): boolean {
  if (one === other) return true;
  // Most leaves are a single text.
  if (one.length === 1 && other.length === 1 && typeof one[0] === 'string') return one[0] === other[0];
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Returns the data of an event on a stream that has no state. */
function plainChanges(event: PersonEvent | LogEvent): readonly FieldChange[] {
  switch (event.type) {
    case 'LogKeyRotated': {
      const { key, previous } = event.data;
      return comparedFacts({ key: previous }, { key });
    }
    case 'LogAccepted':
    case 'PersonForgotten':
      return comparedFacts({}, event.data);
  }
}

function organisationChanges({ before, after, recorded: { event } }: OrganisationChange): readonly FieldChange[] {
  const changes = comparedFacts(organisationFacts(before), organisationFacts(after));
  if (event.type !== 'OrganisationReportIssued') return changes;
  // The state of an organisation has only the number of its reports, so the report is taken from the event.
  const { reportId: id, kind, window, issuedOn, plans, note } = event.data;
  const issued = { periodReports: [{ id, kind, window, issuedOn, plans, note }] };
  return [...changes, ...comparedFacts({}, issued)];
}

function organisationFacts(organisation: Organisation): object {
  if (organisation.status === 'ABSENT') return {};
  const { status: _, reports: __, partyCells, ...facts } = organisation;
  const shownCells = mapValues(partyCells, ({ text, parties }) => ({ text, parties: shownParties(parties) }));
  return { ...facts, partyCells: shownCells };
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

function holderFacts(holder: Holder): object {
  if (holder.status === 'ABSENT') return {};
  const { name, credentials, organisationIds, webhooks, ...facts } = holder;
  const scope = organisationIds === null ? 'all' : organisationIds.join(', ');
  const hooks = webhooks.map(({ eventTypes, ...hook }) => ({
    ...hook,
    eventTypes: eventTypes?.join(', ') ?? 'all',
  }));
  return { name: [name], ...facts, scope, credentials: shownCredentials(credentials), webhooks: hooks };
}

function planFacts(plan: Plan): object {
  if (plan.status === 'ABSENT') return {};
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
  return { ...facts, sections, outcomes, periodReports: reported };
}

/** Returns number and title of the row that a control point belongs to. */
function closedRowName(plan: ExistingPlan, pointId: string): string | undefined {
  const row = plan.activities.get(activityIdOf(pointId));
  return row && [row.number, row.title].filter((part) => part !== null).join('. ');
}

/** The facts of an activity as an entry shows them. */
interface ActivityFacts {
  readonly byName: Readonly<Record<string, unknown>>;
  /** One leaf, even without a name of a person. */
  readonly responsible: PrintedText;
  readonly parties: unknown;
}

function activityFacts(plan: Plan, activityId: string): ActivityFacts | undefined {
  const activity = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
  if (!activity || plan.status === 'ABSENT') return undefined;
  return comparableFacts(activity, plan.sections.get(activity.sectionId)?.title ?? activity.sectionId);
}

function activityLeaves(
  activityId: string,
  facts: ActivityFacts | undefined,
  others: ActivityFacts | undefined,
): Leaves {
  const leaves: Leaves = new Map();
  if (!facts) return leaves;
  const path = `activities[${activityId}]`;
  addLeaves(leaves, facts.byName, path, others?.byName);
  if (facts.responsible !== others?.responsible) leaves.set(`${path}.responsible`, facts.responsible);
  addLeaves(leaves, facts.parties, `${path}.responsible.parties`, others?.parties);
  return leaves;
}

const comparableFacts = memoized((activity: Activity, section: string): ActivityFacts => {
  const { number, title, text, subItems, excluded, timeframe, extras, order, externalId, responsible } = activity;
  const { accountable } = activity;
  const byName = {
    section,
    order,
    number,
    title,
    text,
    subItems,
    timeframe: shownTimeframe(timeframe),
    extras,
    externalId,
    excluded,
    accountable: accountable && (accountable.by === 'owner' ? 'owner' : accountable.key),
    missed: shownMissed(activity.missed),
    requests: shownRequests(activity.requests),
    progress: shownProgress(activity.progress),
    completions: shownCompletions(activity.completions),
    reports: shownReports(activity.reports),
  };
  const parties = responsible.statedBy && shownParties(responsible.parties);
  return { byName, responsible: responsible.text, parties };
});

// The next six functions are memoized, so that what an event did not change is the same object before and after it.
const shownTimeframe = memoized(({ text, schedule }: Timeframe) => {
  const { kind, interpretation } = notation(schedule);
  return { text, schedule: `${kind} ${interpretation}` };
});

const shownMissed = memoized((missed: Activity['missed']) =>
  Object.entries(missed).map(([id, days]) => ({ id, days: days.join(', ') })),
);

const shownRequests = memoized((requests: Activity['requests']) =>
  requests.map(({ id, status, timeframe: asked, requestedOn, late }) => ({
    id,
    status,
    requestedOn,
    late,
    timeframe: shownTimeframe(asked),
  })),
);

const shownProgress = memoized((progress: Activity['progress']) =>
  progress.map(({ id, pointId, actualOn, count, subItem, expectedOn, note }) => ({
    id,
    pointId,
    actualOn,
    count,
    subItem,
    expectedOn,
    note,
  })),
);

const shownCompletions = memoized((completions: Activity['completions']) =>
  Object.entries(completions).map(([id, { actualOn, count, note }]) => ({ id, actualOn, count, note })),
);

const shownReports = memoized((reports: Activity['reports']) => reports.map((report) => shownReport(report)));

const shownReport = memoized(
  ({ id, status, text, actualOn, interim, late, points, evidence, submittedOn }: Report) => ({
    id,
    status,
    text,
    actualOn,
    interim,
    late,
    evidence,
    submittedOn,
    points: points.map(({ pointId }) => pointId).join(', '),
  }),
);

function shownParties(parties: readonly Party[]) {
  return parties.map(({ name, kind, agreement, joint }) => ({
    name: textWithoutPersons(name) ?? name,
    kind,
    agreement: agreement || null,
    joint: joint || null,
  }));
}

/**
 * Adds each leaf of a value with its path. Leaves out parts that are identical (`===`) at the same place in `other`, because
 * an event changes few parts of a state: call it in both directions to compare. A printed text is one leaf. The path of a
 * list item with an id contains the id, which no other item of the list may have.
 */
function addLeaves(leaves: Leaves, value: unknown, path: string, other: unknown): void {
  if (value === other || value === null || value === undefined) return;
  if (typeof value !== 'object') {
    leaves.set(path, [String(value)]);
    return;
  }
  if (isPrintedText(value)) {
    leaves.set(path, value);
    return;
  }
  const isList = Array.isArray(value);
  const others = isComposite(other) && Array.isArray(other) === isList && !isPrintedText(other) ? other : {};
  for (const [key, item] of Object.entries(value)) {
    if (key === 'id') continue;
    if (!isList) {
      addLeaves(leaves, item, path === '' ? key : `${path}.${key}`, others[key]);
      continue;
    }
    const [id, otherItem] = [itemId(item), others[key]];
    addLeaves(leaves, item, `${path}[${id ?? key}]`, id === itemId(otherItem) ? otherItem : undefined);
  }
}

function isComposite(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
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
