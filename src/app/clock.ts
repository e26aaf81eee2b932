import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { type Clock, systemClock } from '../engine/clock.js';

/**
 * Returns the clock of a LETOPIS_CLOCK setting, for demonstrations and tests: fixed at an instant, or shifted from the
 * system clock by an ISO 8601 duration. Undefined: the system clock.
 */
export function clockFrom(setting: string | undefined): Clock {
  if (setting === undefined) return systemClock;
  if (/^[-+]?P/.test(setting)) {
    const shift = Temporal.Duration.from(setting);
    return () => Temporal.Now.zonedDateTimeISO('UTC').add(shift).toInstant().toString({ smallestUnit: 'millisecond' });
  }
  const fixed = new Date(setting).toISOString();
  return () => fixed;
}

/** Smallest step back that is logged, in milliseconds. Time synchronisation makes smaller ones. */
const STEP_BACK_MS = 2_000;

/**
 * Returns a clock that logs a warning when it goes back, or is behind the last event. The times of a stream never
 * decrease all the same: the command handler records no event earlier than the one before.
 *
 * @param last time of the last event; empty for none.
 */
export function watchedClock(clock: Clock, log: Logger, last: string): Clock {
  let latest = last;
  let isBehind = false;
  return () => {
    const now = clock();
    if (now >= latest) {
      latest = now;
      isBehind = false;
      return now;
    }
    const behind = Date.parse(latest) - Date.parse(now);
    if (behind > STEP_BACK_MS && !isBehind) {
      log.warn(
        { now, latest },
        'the clock is behind the last event or went back: set it right. Until it has caught up, events of a plan get the time of the event before, and «today» is the day of the clock',
      );
    }
    isBehind = behind > STEP_BACK_MS;
    return now;
  };
}
