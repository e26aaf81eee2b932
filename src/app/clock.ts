import { Temporal } from 'temporal-polyfill';
import { type Clock, systemClock } from '../application/clock.js';

/** A clock for demonstrations and tests: fixed at a moment, or shifted by an ISO 8601 duration from the real one. */
export function clockFrom(setting: string | undefined): Clock {
  if (setting === undefined) return systemClock;
  if (/^[-+]?P/.test(setting)) {
    const shift = Temporal.Duration.from(setting);
    return () => Temporal.Now.zonedDateTimeISO('UTC').add(shift).toInstant().toString({ smallestUnit: 'millisecond' });
  }
  const fixed = new Date(setting).toISOString();
  return () => fixed;
}
