import { addDays, type LocalDate } from './dates.js';

/** The state of a control point relative to the calendar, on a local day. */
export const TIMINGS = [
  'NOT_DATED',
  'NOT_TRACKED',
  'PLANNED',
  'IN_WINDOW',
  'DUE_SOON',
  'DUE_TODAY',
  'OVERDUE',
  'DONE_ON_TIME',
  'DONE_LATE',
  'NOT_DONE',
  'EXCLUDED',
  'CARRIED_OVER',
] as const;
/** A state of a control point relative to the calendar. */
export type Timing = (typeof TIMINGS)[number];

/** Kinds of evidence of the work. */
export const EVIDENCES = ['NONE', 'COMPLETION_MARKED', 'REPORTED', 'RETURNED', 'ACCEPTED'] as const;
/** A kind of evidence. */
export type Evidence = (typeof EVIDENCES)[number];

/** Timings that do not depend on the day. */
export type SettledTiming = Exclude<Timing, 'PLANNED' | 'IN_WINDOW' | 'DUE_SOON' | 'DUE_TODAY' | 'OVERDUE'>;

/** The weakest evidence that closes a control point, a setting of the organisation. */
export type ClosingRule = 'COMPLETION' | 'REPORT' | 'ACCEPTANCE';

/** A day that is never reached. It is the due day of soft and undated points. */
export const NEVER_DUE: LocalDate = '9999-12-31';

/**
 * All data that the timing of a point, or of the most urgent point of an activity, depends on. Read models store it
 * instead of the timing, because a timing changes at midnight without an event.
 */
export interface TimingKey {
  /** The timing that does not depend on the day; null for an open point. */
  readonly settled: SettledTiming | null;
  /** The first day of the window. */
  readonly startsOn: LocalDate;
  /** The first day on which the point is due soon; {@link NEVER_DUE} for a soft point. */
  readonly soonFrom: LocalDate;
  /** The last day in time; {@link NEVER_DUE} for a soft point, which is never overdue. */
  readonly dueOn: LocalDate;
}

/** Returns the key of an open point. It is due soon from `dueSoonDays` days before the due day. */
export function openKey(startsOn: LocalDate, dueOn: LocalDate, firm: boolean, dueSoonDays: number): TimingKey {
  return firm
    ? { settled: null, startsOn, soonFrom: addDays(dueOn, -dueSoonDays), dueOn }
    : { settled: null, startsOn, soonFrom: NEVER_DUE, dueOn: NEVER_DUE };
}

/** Returns the key of a point whose timing does not depend on the day. */
export function settledKey(settled: SettledTiming): TimingKey {
  return { settled, startsOn: NEVER_DUE, soonFrom: NEVER_DUE, dueOn: NEVER_DUE };
}

/**
 * Returns the timing on the local day `on`. Every key has exactly one timing. The due day itself is in time: a point is
 * overdue from 00:00 of the next day.
 */
export function timingOn(key: TimingKey, on: LocalDate): Timing {
  if (key.settled !== null) return key.settled;
  if (key.dueOn < on) return 'OVERDUE';
  if (key.dueOn === on) return 'DUE_TODAY';
  if (key.soonFrom <= on) return 'DUE_SOON';
  return key.startsOn <= on ? 'IN_WINDOW' : 'PLANNED';
}

/**
 * Precedence of settled timings. An activity without open points has the first of these timings that one of its points
 * has.
 */
const SETTLED_ORDER: readonly SettledTiming[] = [
  'NOT_DONE',
  'CARRIED_OVER',
  'DONE_LATE',
  'DONE_ON_TIME',
  'EXCLUDED',
  'NOT_TRACKED',
  'NOT_DATED',
];

/**
 * Returns the key of several points together: the most urgent dates of open points, otherwise the settled timing with
 * the highest precedence.
 */
export function mostUrgent(keys: readonly TimingKey[]): TimingKey {
  const open = keys.filter((key) => key.settled === null);
  if (open.length === 0) {
    const outcome = SETTLED_ORDER.find((settled) => keys.some((key) => key.settled === settled));
    return settledKey(outcome ?? 'NOT_DATED');
  }
  const first = (pick: (key: TimingKey) => LocalDate) => open.map(pick).reduce((a, b) => (a < b ? a : b));
  return {
    settled: null,
    startsOn: first((key) => key.startsOn),
    soonFrom: first((key) => key.soonFrom),
    dueOn: first((key) => key.dueOn),
  };
}

/** Returns true when the evidence closes a point under the rule. RETURNED work is open under every rule. */
export function closes(evidence: Evidence, rule: ClosingRule): boolean {
  switch (evidence) {
    case 'NONE':
    case 'RETURNED':
      return false;
    case 'COMPLETION_MARKED':
      return rule === 'COMPLETION';
    case 'REPORTED':
      return rule !== 'ACCEPTANCE';
    case 'ACCEPTED':
      return true;
  }
}
