import { dayText } from './dates.js';
import { type Language, type Sentence, translation } from './language.js';
import { recurrenceText } from './recurrenceText.js';
import { russianCount } from './recurrenceWords.js';
import type { notation } from './schedule.js';

const QUOTA_UNITS: Readonly<Record<string, Sentence>> = {
  day: ['день', 'day'],
  week: ['неделю', 'week'],
  month: ['месяц', 'month'],
  quarter: ['квартал', 'quarter'],
  'half-year': ['полугодие', 'half-year'],
  year: ['год', 'year'],
  term: ['четверть', 'school term'],
  trimester: ['триместр', 'trimester'],
};

/** Returns the meaning of a timeframe in words. */
export function readingText({ kind, interpretation }: ReturnType<typeof notation>, language: Language = 'ru'): string {
  const text = (...both: Sentence) => translation(both, language);
  switch (kind) {
    case 'deadline': {
      const days = windowsInWords(interpretation.replaceAll('../', ''));
      return text(`до ${days}`, `by ${days}`);
    }
    case 'continuous': {
      const days = windowsInWords(interpretation);
      return text(`весь период: ${days}`, `the whole period: ${days}`);
    }
    case 'per-period-count': {
      const [, least, count = '', unit = '', windows] =
        /^(>=)?(\d+)\/([a-z-]+)(?: @ (.*))?$/.exec(interpretation) ?? [];
      const when = windows === undefined ? '' : ` (${windowsInWords(windows)})`;
      const each = text(...(QUOTA_UNITS[unit] ?? [unit, unit]));
      // «не реже 1 раза», «не реже 2 раз»
      const times = russianCount(Number(count), least ? ['раза', 'раз', 'раз'] : ['раз', 'раза', 'раз']);
      return text(
        `${least ? 'не реже ' : ''}${count} ${times} в ${each}${when}`,
        `${least ? 'at least ' : ''}${count} in each ${each}${when}`,
      );
    }
    case 'recurring': {
      const [rule = '', time] = interpretation.replace('RRULE:', '').split(' @');
      return `${recurrenceText(rule, language)}${time === undefined ? '' : timeOfDayText(time, language)}`;
    }
    case 'on-demand': {
      const within = answerTimeText(interpretation.replace(/^on-demand:?/, ''), language);
      const answer = within === '' ? '' : text(`, ответ за ${within}`, `, answer within ${within}`);
      return `${text('по мере необходимости', 'when needed')}${answer}`;
    }
    case 'by-schedule':
      return text('по другому документу или календарю школы', 'by another document or the calendar of the school');
    case 'unknown':
      return text('не понят', 'not understood');
    default:
      return windowsInWords(interpretation);
  }
}

/** Returns `15:45-16:45` as «, с 15:45 до 16:45». */
function timeOfDayText(time: string, language: Language): string {
  const [from, to] = time.split('-');
  return translation(
    to === undefined ? [`, в ${from}`, `, at ${from}`] : [`, с ${from} до ${to}`, `, from ${from} to ${to}`],
    language,
  );
}

const ANSWER_UNITS: Readonly<Record<string, readonly [readonly [string, string, string], string]>> = {
  D: [['день', 'дня', 'дней'], 'days'],
  W: [['неделю', 'недели', 'недель'], 'weeks'],
  M: [['месяц', 'месяца', 'месяцев'], 'months'],
  Y: [['год', 'года', 'лет'], 'years'],
  WD: [['рабочий день', 'рабочих дня', 'рабочих дней'], 'working days'],
};

/** Returns the time for an answer, `P3D` or `5WD`, as «3 дня»; an empty text for none. */
export function answerTimeText(within: string, language: Language): string {
  const [, count = '', unit = ''] = /^P?(\d+)(D|W|M|Y|WD)$/.exec(within) ?? [];
  const duration = ANSWER_UNITS[unit];
  if (!duration) return '';
  const [forms, plural] = duration;
  const english = count === '1' ? plural.slice(0, -1) : plural;
  return translation([`${count} ${russianCount(Number(count), forms)}`, `${count} ${english}`], language);
}

function windowsInWords(windows: string): string {
  return windows
    .split(';')
    .map((window) => {
      const [start = '', end = start] = window.split('/').map(dayWithTime);
      return start === end ? start : `${start} – ${end}`;
    })
    .join('; ');
}

function dayWithTime(moment: string): string {
  const [day = '', time] = moment.split('T');
  return time === undefined ? dayText(day) : `${dayText(day)} ${time}`;
}
