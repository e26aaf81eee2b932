import { addDays, type LocalDate } from './dates.js';

/** Where a control point stands against the calendar, on a given local day. */
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
export type Timing = (typeof TIMINGS)[number];

/** What is known of the work itself. */
export const EVIDENCES = ['NONE', 'COMPLETION_MARKED', 'REPORTED', 'RETURNED', 'ACCEPTED'] as const;
export type Evidence = (typeof EVIDENCES)[number];

/** The timings that no day changes any more. */
export type SettledTiming = Exclude<Timing, 'PLANNED' | 'IN_WINDOW' | 'DUE_SOON' | 'DUE_TODAY' | 'OVERDUE'>;

/** The weakest evidence that closes a control point, a setting of the organisation. */
export const CLOSING_RULES = ['COMPLETION', 'REPORT', 'ACCEPTANCE'] as const;
export type ClosingRule = (typeof CLOSING_RULES)[number];

/** A day that never comes: the due day of a soft or undated point. */
export const NEVER: LocalDate = '9999-12-31';

/**
 * All that the timing of a point (or of the most urgent point of an activity) depends on. Read
 * models store this and never a timing, because a timing changes at midnight without an event.
 */
export interface TimingKey {
  readonly settled: SettledTiming | null;
  readonly startsOn: LocalDate;
  /** The first day on which the point is due soon; {@link NEVER} for a soft point. */
  readonly soonFrom: LocalDate;
  /** The last day in time; {@link NEVER} for a soft point, which is never overdue. */
  readonly dueOn: LocalDate;
}

/** The key of a point that is still open. `dueSoonDays` before the due day it is due soon. */
export function openKey(startsOn: LocalDate, dueOn: LocalDate, firm: boolean, dueSoonDays: number): TimingKey {
  return firm
    ? { settled: null, startsOn, soonFrom: addDays(dueOn, -dueSoonDays), dueOn }
    : { settled: null, startsOn, soonFrom: NEVER, dueOn: NEVER };
}

/** The key of a point whose timing no day changes any more. */
export function settledKey(settled: SettledTiming): TimingKey {
  return { settled, startsOn: NEVER, soonFrom: NEVER, dueOn: NEVER };
}

/**
 * The timing on the local day `on`: total (every key has one) and exclusive (exactly one).
 * A day is missed from 00:00 of the next one, so the due day itself is in time.
 */
export function timingOn(key: TimingKey, on: LocalDate): Timing {
  if (key.settled !== null) return key.settled;
  if (key.dueOn < on) return 'OVERDUE';
  if (key.dueOn === on) return 'DUE_TODAY';
  if (key.soonFrom <= on) return 'DUE_SOON';
  return key.startsOn <= on ? 'IN_WINDOW' : 'PLANNED';
}

/** When nothing is open, an activity shows the first of these that one of its points has. */
const SETTLED_ORDER: readonly SettledTiming[] = [
  'NOT_DONE',
  'CARRIED_OVER',
  'DONE_LATE',
  'DONE_ON_TIME',
  'EXCLUDED',
  'NOT_TRACKED',
  'NOT_DATED',
];

/** The key of several points together: the most urgent of the open ones, else the weightiest outcome. */
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

/** True when this evidence closes a point under the rule; returned work is open again under every rule. */
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
