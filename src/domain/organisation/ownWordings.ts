import { movedSchedule } from '../movedSchedule.js';
import { type PlanPeriod, type Schedule, type Timeframe, withHeading } from '../schedule.js';
import type { ControlSettings } from '../settings.js';
import { headingOf } from '../wording/heading.js';
import { readTimeframe } from '../wording/read.js';
import type { OwnPartyCells, PartyCellOrganisation } from './ownPartyCells.js';
import { type OwnReadings, ownReading } from './ownReadings.js';

/** The meaning of a wording that a person confirmed in a plan of the organisation. */
export interface OwnWording {
  /** The wording as printed. */
  readonly text: string;
  readonly schedule: Schedule;
  /** The period of the plan in which the meaning was confirmed; null for none. */
  readonly period: PlanPeriod | null;
}

/** The confirmed wordings of an organisation. */
export type OwnWordings = OwnReadings<OwnWording>;

/** Returns true when the meaning of a wording does not depend on the heading above it. */
export function standsAlone(heading: string): boolean {
  const { month, years } = headingOf(heading);
  return month === null && years === null;
}

/** The data of an organisation on which the reading of its documents depends. */
export interface ReadingOrganisation extends PartyCellOrganisation {
  readonly settings: Pick<ControlSettings, 'terms'> & Partial<Pick<ControlSettings, 'calendar'>>;
  readonly wordings: OwnWordings;
}

/** Returns the part of an organisation on which readings depend, for a thread or another process. */
export function readingPart({
  settings: { terms, calendar },
  wordings,
  partyCells,
}: {
  readonly settings: Pick<ControlSettings, 'terms' | 'calendar'>;
  readonly wordings: OwnWordings;
  readonly partyCells: OwnPartyCells;
}): ReadingOrganisation {
  return { settings: { terms, calendar }, wordings, partyCells };
}

/**
 * Returns the meaning of a printed timeframe in a plan of an organisation. It is the meaning that the organisation has
 * confirmed for this wording; otherwise the rules read it with the school terms and working days of the organisation.
 */
export function readInOrganisation(
  organisation: ReadingOrganisation | null,
  text: string,
  period: PlanPeriod | null,
  heading = '',
): Timeframe {
  const own = organisation && standsAlone(heading) ? ownReading(organisation.wordings, text) : undefined;
  const schedule = own && inPeriod(own, period);
  return schedule
    ? { text, schedule, confidence: 'certain', alternatives: [], flags: [], rules: 'own' }
    : readTimeframe(text, period, heading, organisation?.settings.terms, organisation?.settings.calendar);
}

/**
 * Reads a wording again, with the heading that its document printed above it, otherwise with the title of its section.
 */
export function readAgain(
  organisation: ReadingOrganisation | null,
  { text, heading }: { readonly text: string; readonly heading?: string | undefined },
  period: PlanPeriod | null,
  title: string | undefined,
): Timeframe {
  return withHeading(readInOrganisation(organisation, text, period, heading ?? title), heading);
}

/** The schedule in another period. Days move by whole years, and only between periods of the same days of the year. */
function inPeriod({ schedule, period: settledIn }: OwnWording, period: PlanPeriod | null): Schedule | undefined {
  const isDated =
    schedule.kind === 'dates' ||
    schedule.kind === 'deadline' ||
    schedule.kind === 'throughout' ||
    (schedule.kind === 'quota' && schedule.windows !== undefined);
  if (!isDated) return schedule;
  if (!period || !settledIn) return undefined;
  const years = wordingYear(period.start) - wordingYear(settledIn.start);
  const isSame =
    years === wordingYear(period.end) - wordingYear(settledIn.end) &&
    dayOfYear(period.start) === dayOfYear(settledIn.start) &&
    dayOfYear(period.end) === dayOfYear(settledIn.end);
  if (!isSame) return undefined;
  return years === 0 ? schedule : movedSchedule(schedule, 12 * years);
}

function wordingYear(day: string): number {
  return Number(day.slice(0, 4));
}

function dayOfYear(day: string): string {
  return day.slice(5);
}
