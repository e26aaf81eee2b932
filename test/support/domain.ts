import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Actor, Given } from '../../src/domain/actor.js';
import type { RouteStep, Stamp } from '../../src/domain/approval.js';
import type { LocalDate } from '../../src/domain/dates.js';
import { decide } from '../../src/domain/decide.js';
import { replay } from '../../src/domain/evolve.js';
import type { Responsible } from '../../src/domain/parties.js';
import { mapPersons, type NamedPerson, type PersonalText } from '../../src/domain/personal.js';
import type {
  PlanCommand,
  PlanCommandOf,
  PlanDecision,
  PlanEvent,
  PlanEventData,
  PlanEventOf,
} from '../../src/domain/plan/catalogue.js';
import { type ActivityEntry, EMPTY_CONTENT } from '../../src/domain/plan/entries.js';
import type { ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import type { Activity, ClosingOutcome, ExistingPlan } from '../../src/domain/plan.js';
import { type ControlPoint, pointsOf } from '../../src/domain/points.js';
import type { RefusalCode } from '../../src/domain/refusal.js';
import type { PlanPeriod, Schedule } from '../../src/domain/schedule.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { readTimeframe } from '../../src/domain/wording/read.js';
import { readTextPlan } from './textPlan.js';

export const YEAR: PlanPeriod = { start: '2020-09-01', end: '2021-08-31' };
export const ZONE = 'Asia/Yekaterinburg';

function actor(id: string, role: Actor['role'], post: string | null): Actor {
  return { id, role, post, organisation: 'МБУДО «ЦВР»' };
}
export const METHODOLOGIST = actor('u-methodologist', 'methodologist', 'Методист');
export const DIRECTOR = actor('u-director', 'director', 'Директор');
export const DEPARTMENT_HEAD = actor('u-department', 'department', 'Начальник отдела образования');
export const ADMINISTRATOR = actor('u-administrator', 'administrator', null);

/** Circumstances of a command, without reason or basis. */
export const ON_AN_ORDINARY_DAY: Given = {
  actor: METHODOLOGIST,
  now: '2020-10-15T07:00:00Z',
  reason: null,
  basis: null,
  effectiveOn: null,
  organisation: null,
};

/** Returns local noon of a day at the place of the sample. */
export function at(day: LocalDate): Pick<Given, 'now'> {
  return { now: `${day}T07:00:00Z` };
}

type History = readonly (PlanEvent | readonly PlanEvent[])[];

/** `given(events…).when(command, circumstances).thenEvents(events…)` or `.thenRefused(code, field)`. */
export function given(...history: History) {
  const past = history.flat();
  const plan = replay(past);
  return {
    when: (command: PlanCommand, circumstances: Partial<Given> = {}) =>
      outcome(past, decide(plan, command, { ...ON_AN_ORDINARY_DAY, ...circumstances })),
  };
}

function outcome(past: readonly PlanEvent[], decision: PlanDecision) {
  return {
    thenEvents: (...events: readonly PlanEvent[]) => expect(decision).toEqual({ kind: 'accepted', events }),
    thenRefused: (code: RefusalCode, field: string | null = null) =>
      expect(decision).toMatchObject({ kind: 'refused', refusal: { code, field } }),
    thenAccepted: () => expect(decision).toMatchObject({ kind: 'accepted' }),
    /** Returns the plan after the accepted command. */
    plan: () => planAfter(past, accepted(decision)),
    events: () => accepted(decision),
  };
}

function accepted(decision: PlanDecision): readonly PlanEvent[] {
  if (decision.kind === 'refused') throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return decision.events;
}

export function planAfter(...history: History): ExistingPlan {
  const plan = replay(history.flat());
  if (plan.status === 'ABSENT') throw new Error('there is no plan');
  return plan;
}

function activityOf(plan: ExistingPlan, id: string): Activity {
  const activity = plan.activities.get(id);
  if (!activity) throw new Error(`no activity ${id}`);
  return activity;
}

export function pointsAt(plan: ExistingPlan, activityId: string): readonly ControlPoint[] {
  return pointsOf(plan, activityOf(plan, activityId));
}

export function pointAt(plan: ExistingPlan, pointId: string): ControlPoint {
  const point = allPoints(plan).find(({ id }) => id === pointId);
  if (!point) throw new Error(`no point ${pointId}`);
  return point;
}

export function allPoints(plan: ExistingPlan): ControlPoint[] {
  return [...plan.activities.values()].flatMap((activity) => pointsOf(plan, activity));
}

export function drafted(over: Partial<PlanEventData['PlanDrafted']> = {}): PlanEventOf<'PlanDrafted'> {
  return {
    type: 'PlanDrafted',
    data: {
      title: 'План работы Центра',
      documentKind: 'план работы',
      ownerUnit: 'Центр',
      institution: 'МБУДО «ЦВР»',
      period: YEAR,
      periodKind: 'SCHOOL_YEAR',
      periodText: null,
      organisationId: null,
      timeZone: ZONE,
      externalId: null,
      stamps: [],
      settings: null,
      copiedFrom: null,
      importing: null,
      ...over,
    },
  };
}

export function section(ordinal: number): PlanEventOf<'SectionAdded'> {
  const [sectionId, numberText] = [`s${ordinal}`, `${ordinal}.`];
  return {
    type: 'SectionAdded',
    data: { sectionId, order: `a${ordinal}`, numberText, title: `Раздел ${ordinal}`, externalId: null },
  };
}

/** Returns the event that plans row `a<n>` with the printed number n and this wording in section 1. */
export function planned(
  n: number,
  wording: string,
  over: Partial<PlanEventData['ActivityPlanned']> = {},
): PlanEventOf<'ActivityPlanned'> {
  return {
    type: 'ActivityPlanned',
    data: {
      activityId: `a${n}`,
      sectionId: 's1',
      order: `a${n}`,
      number: String(n),
      title: `Мероприятие ${n}`,
      text: `Мероприятие ${n}`,
      subItems: [],
      timeframe: readTimeframe(wording, YEAR),
      responsible: party('Центр'),
      references: [],
      ...EMPTY_CONTENT,
      ...over,
    },
  };
}

export function party(name: string): Responsible {
  return { text: [name], parties: [{ name: [name], kind: 'org', agreement: false, joint: false }] };
}

/** Returns a row as entered by hand. */
export function entry(
  timeframe: string,
  over: Partial<ActivityEntry> = {},
  schedule: Schedule | null = null,
): ActivityEntry {
  return {
    title: 'Новое мероприятие',
    subItems: [],
    timeframe: { text: timeframe, schedule },
    responsible: party('Центр'),
    ...over,
  };
}

export function stamp(post: string, over: Partial<Omit<Stamp, 'kind' | 'marker'>> = {}) {
  return { post, organisation: null, person: null, date: null, document: null, ...over };
}

export function step(post: string, kind: RouteStep['kind'] = 'agree', stage = 1): RouteStep {
  return { kind, post, organisation: null, stage, isCouncil: false };
}

export function submitted(...route: readonly RouteStep[]): PlanEventOf<'PlanSubmitted'> {
  return { type: 'PlanSubmitted', data: { route } };
}

export function agreed(ordinal: number, post: string): PlanEventOf<'PlanAgreed'> {
  return {
    type: 'PlanAgreed',
    data: { step: ordinal, stamp: { kind: 'agree', marker: 'Согласовано', ...stamp(post) } },
  };
}

export function approved(
  underControlFrom: LocalDate = '2020-09-01',
  settings: Partial<ControlSettings> = {},
  noticesFrom: LocalDate = underControlFrom,
): PlanEventOf<'PlanApproved'> {
  return {
    type: 'PlanApproved',
    data: {
      stamp: { kind: 'approve', marker: 'Утверждаю', ...stamp('Директор') },
      settings: { ...DEFAULT_SETTINGS, ...settings },
      underControlFrom,
      noticesFrom,
    },
  };
}

/** Returns the events of a draft with activities a1 … an in one section, one for each wording. */
export function draftOf(...wordings: readonly string[]): PlanEvent[] {
  return [drafted(), section(1), ...wordings.map((wording, index) => planned(index + 1, wording))];
}

/** Returns the events of {@link draftOf} and of an approval with control from 1 September. */
export function approvedOf(...wordings: readonly string[]): PlanEvent[] {
  return [...draftOf(...wordings), submitted(), approved()];
}

export function rescheduled(
  activityId: string,
  wording: string,
  requestId: string | null = null,
): PlanEventOf<'ActivityRescheduled'> {
  return { type: 'ActivityRescheduled', data: { activityId, timeframe: readTimeframe(wording, YEAR), requestId } };
}

/** Returns the event of a methodologist's request for another timeframe. */
export function asked(
  requestId: string,
  wording: string,
  over: Partial<PlanEventData['RescheduleRequested']> = {},
): PlanEventOf<'RescheduleRequested'> {
  return {
    type: 'RescheduleRequested',
    data: {
      activityId: requestId.split('.')[0] ?? '',
      requestId,
      timeframe: readTimeframe(wording, YEAR),
      requestedOn: '2020-10-15',
      late: false,
      requestedBy: METHODOLOGIST.id,
      ...over,
    },
  };
}

export function completed(
  pointId: string,
  actualOn: LocalDate,
  dueOn: LocalDate | null,
  count: number | null = null,
): PlanEventOf<'ActivityCompleted'> {
  const activityId = pointId.split('.')[0] ?? '';
  return { type: 'ActivityCompleted', data: { activityId, pointId, actualOn, count, note: null, dueOn } };
}

export function reported(
  reportId: string,
  points: PlanEventData['ReportSubmitted']['points'],
  over: Partial<PlanEventData['ReportSubmitted']> = {},
): PlanEventOf<'ReportSubmitted'> {
  return {
    type: 'ReportSubmitted',
    data: {
      activityId: reportId.split('.')[0] ?? '',
      reportId,
      points,
      text: 'Сделано',
      evidence: [],
      actualOn: '2020-09-20',
      interim: false,
      late: false,
      submittedBy: METHODOLOGIST.id,
      submittedOn: '2020-10-15',
      ...over,
    },
  };
}

export function decided(type: 'ReportAccepted' | 'ReportReturned' | 'ReportWithdrawn', reportId: string): PlanEvent {
  return { type, data: { activityId: reportId.split('.')[0] ?? '', reportId } };
}

export function closed(...outcomes: readonly ClosingOutcome[]): PlanEventOf<'PlanClosed'> {
  return { type: 'PlanClosed', data: { outcomes } };
}

export function readSampleFile(): Uint8Array {
  return readFileSync(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url));
}

function seal({ person }: NamedPerson): PersonalText {
  return { subject: person, sealed: person };
}

export function sealed(plan: ImportedPlan<NamedPerson>): ImportedPlan {
  const { stamps, sections } = plan;
  return {
    ...plan,
    stamps: stamps.map((each) => ({ ...each, person: each.person && mapPersons(each.person, seal) })),
    sections: sections.map(({ activities, ...rest }) => ({
      ...rest,
      activities: activities.map((row) => ({ ...row, responsible: sealedParties(row.responsible) })),
    })),
  };
}

export function sealedParties({ text, parties }: Responsible<NamedPerson>): Responsible {
  return {
    text: mapPersons(text, seal),
    parties: parties.map((each) => ({ ...each, name: mapPersons(each.name, seal) })),
  };
}

export function importOf(plan: ImportedPlan): PlanCommandOf<'importPlan'> {
  const source = { fileName: 'plan.txt', sha256: '0'.repeat(64), reader: 'text-1' };
  return { type: 'importPlan', plan, source, organisationId: null, timeZone: ZONE };
}

/** Returns the events of the imported sample: a draft with its printed stamps. */
export function importedSample(): readonly PlanEvent[] {
  return given()
    .when(importOf(sealed(readTextPlan(readSampleFile()))))
    .events();
}

/** Returns the events of the sample with its printed approval confirmed. */
export function approvedSample(underControlFrom: LocalDate = '2020-09-01'): readonly PlanEvent[] {
  const draft = importedSample();
  const confirmation: PlanCommand = { type: 'confirmPrintedApproval', date: null, underControlFrom };
  return [...draft, ...given(draft).when(confirmation, { actor: DIRECTOR }).events()];
}
