import { behind, first, key, mark, maybe, perhaps, rule, some, three, token, two, with_ } from './combinators.js';
import { type Parser, parsed, startsIn, startsWith } from './parser.js';
import { count } from './words.js';

const hours = key('час');
const upToHour = some(key('по', 'до'), mark('dash'));

/** «14-00»: quarters of an hour behind a dash without spaces. */
const dashedTime: Parser<string> = (chart, at) => {
  const [hour, dash, minute] = chart.tokens.slice(at, at + 3);
  if (hour?.kind !== 'number' || dash?.kind !== 'dash' || minute?.kind !== 'number') return [];
  const isTime = dash.glued && minute.glued && minute.digits === 2 && minute.value % 15 === 0;
  const value = isTime ? clockTime(hour.value, minute.value) : undefined;
  return value === undefined ? [] : [{ value, end: at + 3 }];
};

/** «10:00», «10.00», «14 ч 30 мин», «15 часов» as `HH:MM`. */
const moment: Parser<string> = rule(
  first(
    with_(
      token((each) => {
        if (each.kind === 'clock') return clockTime(each.hour, each.minute);
        return each.kind === 'date' && each.year === null ? clockTime(each.day, each.month) : undefined;
      }),
      maybe(hours),
    ),
    two(with_(count, hours), maybe(with_(count, key('минута'))), (hour, minute) => clockTime(hour, minute ?? 0)),
    dashedTime,
  ),
);

function clockTime(hour: number, minute: number): string | undefined {
  if (hour > 23 || minute > 59) return undefined;
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A time of the day, «в 10.00», «с 16:00 по 17:00», as `10:00` or `16:00-17:00`. */
export const clock: Parser<string> = rule(
  first(
    // «с 10 до 12 часов»
    three(behind(maybe(key('в', 'с')), count), behind(upToHour, count), hours, (from, to) => {
      const [start, end] = [clockTime(from, 0), clockTime(to, 0)];
      return start !== undefined && end !== undefined && start < end ? `${start}-${end}` : undefined;
    }),
    two(
      two(maybe(key('в', 'с', 'к', 'около')), moment, (_, start) => start),
      perhaps(two(upToHour, moment, (_, end) => end)),
      (start, end) => (end === null ? start : `${start}-${end}`),
    ),
  ),
);

/** A time of the day, with the information that it may be a day instead: «15.10». */
export const clockOrDay: Parser<{ readonly at: string; readonly mayBeDay: boolean }> = startsWith(
  startsIn(clock),
  (chart, start) =>
    parsed(clock, chart, start).map(({ value, end }) => {
      const tokens = chart.tokens.slice(start, end);
      const mayBeDay = tokens.some((each) => each.kind === 'date' && each.month >= 1 && each.month <= 12);
      return { value: { at: value, mayBeDay }, end };
    }),
);
