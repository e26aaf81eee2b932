import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { CalendarEntry } from '../../domain/calendar.js';
import { addDays, type Instant } from '../../domain/dates.js';
import type { PrintedText } from '../../domain/personal.js';
import { oneLine } from '../reading/wording.js';
import { icsText } from './escaping.js';

/** Content of a calendar. */
export interface CalendarOf {
  /** Id of the plan. UIDs begin with it, so that they never change. */
  readonly planId: string;
  readonly title: string;
  readonly entries: readonly CalendarEntry[];
  /** Time of the export. */
  readonly at: Instant;
  readonly print: (text: PrintedText) => string;
}

/** Returns the text of a calendar file (RFC 5545) whose events last whole days. */
export function calendarIcs({ planId, title, entries, at, print }: CalendarOf): string {
  const calendar = ical({
    name: icsText(title),
    prodId: { company: 'letopis', product: 'letopis', language: 'RU' },
    method: ICalCalendarMethod.PUBLISH,
  });
  const stamp = Temporal.Instant.from(at);
  for (const entry of entries) {
    const { id, number, section, timeframeText, responsible, window, recurs, sequence, cancelled } = entry;
    calendar.createEvent({
      id: `${planId}.${id}@letopis`,
      sequence,
      stamp,
      start: Temporal.PlainDate.from(window.start),
      // The end of whole days is the day after the last one.
      end: Temporal.PlainDate.from(addDays(window.end, 1)),
      allDay: true,
      summary: number === null ? entry.title : `${number}. ${entry.title}`,
      description: [section, `Срок: ${oneLine(timeframeText)}`, `Ответственные: ${print(responsible)}`]
        .filter((line) => line !== '')
        .join('\n'),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(recurs ? { repeating: `RRULE:${recurs.rule};UNTIL=${recurs.until.replaceAll('-', '')}` } : {}),
    });
  }
  return calendar.toString();
}
