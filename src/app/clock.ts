import type { Logger } from 'pino';
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

/** A step back that is worth a word, in milliseconds: less is how clocks are kept in step. */
const STEP_BACK_MS = 2_000;

/**
 * The same clock, which says in the log when it goes back behind what it told, or behind the last event. Events of a
 * stream keep their order of time all the same: the command handler records none earlier than the one before.
 *
 * @param last when the last event was recorded; empty for none.
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
        'the clock is behind the last event or went back: set it right; until it has caught up, events of a plan are recorded at the time of the one before, and «today» is what the clock says',
      );
    }
    isBehind = behind > STEP_BACK_MS;
    return now;
  };
}
