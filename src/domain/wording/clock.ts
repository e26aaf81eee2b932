import type { Cursor } from './cursor.js';

/** «в 10.00», «с 16:00 по 17:00», «15.45-16.45» as `10:00` or `16:00-17:00`; undefined when it is no time of a day. */
export function timeOfDay(cursor: Cursor): string | undefined {
  cursor.words('в|с');
  const start = clock(cursor);
  if (start === undefined) return undefined;
  const end = cursor.attempt((at) => (at.words('по|до') || at.take('dash') ? clock(at) : undefined));
  cursor.word(/^(ч|час(ов|а)?)$/);
  return end === undefined ? start : `${start}-${end}`;
}

/** «10:00», and «10.00», which looks like a day of a month. */
function clock(cursor: Cursor): string | undefined {
  const time = cursor.take('clock') ?? cursor.attempt(dotted);
  if (!time || time.hour > 23 || time.minute > 59) return undefined;
  return [time.hour, time.minute].map((part) => String(part).padStart(2, '0')).join(':');
}

function dotted(cursor: Cursor) {
  const parts = cursor.take('dayMonth');
  return parts && parts.year === null ? { hour: parts.day, minute: parts.month } : undefined;
}
