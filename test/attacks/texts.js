/**
 * Reads each parsed field in hostile shapes, at its maximum length, a half and a quarter of it. Fails if twice the
 * length takes more than three times the work and four times the length more than eight times: linear work has ratios
 * of two and four, quadratic work of four and sixteen. Work is measured as processor time of this process. Very short
 * times are not compared, because the clock is too coarse for them.
 *
 * Other work in the process, such as garbage collection and compilation, can make a run slower, but never faster. So
 * the lengths are read in turn and the shortest time of each counts. A text fails only if both ratios are still too
 * high after many rounds. Two ratios are needed because a garbage collection that begins at a certain length makes
 * every run of that length slower, and no shorter one.
 */

import { nameStems } from '../../dist/application/persons/surnames.js';
import { readContent } from '../../dist/documents/formats/format.js';
import { tidied } from '../../dist/documents/formats/tidy.js';
import { wordDifferences } from '../../dist/documents/printing/words.js';
import { periodIn } from '../../dist/documents/reading/period.js';
import { readPlan } from '../../dist/documents/reading/plan.js';
import { readProse } from '../../dist/documents/reading/prose.js';
import { readStamp } from '../../dist/documents/reading/stamps.js';
import { notes, readWording } from '../../dist/documents/reading/wording.js';
import { movedYears, withoutLeapDay } from '../../dist/domain/copiedYears.js';
import { likenessOf } from '../../dist/domain/organisation/likeness.js';
import { citedDocuments } from '../../dist/domain/references.js';
import { MAX_HOLDER_NAME, MAX_LONG, MAX_SHORT, MAX_TITLE } from '../../dist/domain/texts.js';
import { findPersons } from '../../dist/domain/wording/persons.js';
import { readTimeframe } from '../../dist/domain/wording/read.js';
import { readResponsible } from '../../dist/domain/wording/responsible.js';

/** Fewest and most times that both lengths of one text are read. */
const [FEWEST, ROUNDS] = [5, 40];
/** Times below this many milliseconds are not compared. */
const MOMENT = 20;
/** Longest time that any text may take, in milliseconds. */
const MOST = 5_000;
/** Highest ratios of the work for the whole text to that for its half and its quarter. */
const [GROWTH, LONG_GROWTH] = [3, 8];

const SHAPES = [
  ...['по ', 'Ая ', 'АА ', 'АА', 'до 1 ', '.', '1', ' ', '((', '«', '»', '- ', '-', ', ', '\n', ' и ', 'а', 'Ав-'],
  ...[
    'Директор ',
    'Центр Директор ',
    'руководители РМО, ПМО, ',
    'отдел а, ',
    '(совместно с ',
    'совместно с ',
    'имени ',
    'заведующий ',
    'ст. кл. ',
    'И.',
    'И,И.',
    'Ива\nнова ',
    'педагоги-\n',
    '"',
    '1. ',
    '/',
    'Т И ',
  ],
  ...[
    'Анна Петровна ',
    'Иванова И.И. ',
    'приказ ',
    'приказ от ',
    'от 01.02.2020 № 1 ',
    '1) ',
    '___ ',
    ': ',
    'с 1 по 2 ',
  ],
  ...[
    'осень, ',
    'май 2013 2014 ',
    '1 неделя мая ',
    '10.10 ',
    'конец мая - ',
    'раз в ',
    '1, ',
    'I-II ',
    '2 дня ',
    'по плану ',
  ],
  ...['за I квартал – до 10 апреля; ', 'каждый понедельник, ', 'в течение 5 дней ', 'понедельн ик ', 'e', 'eа'],
  ...['10:10 ', 'в 14-00, ', 'среда - пятница ', 'кроме среды ', 'последний месяц квартала ', 'ежегодно '],
  ...['2020-2021 ', 'январь, ', 'октября и ', 'на январь ', '; - ', 'по запросу '],
  ...['в 15.10 ', 'к май ', 'по май ', 'до май ', 'с май '],
];

const period = { start: '2020-09-01', end: '2021-08-31' };
let year = 1_000;
/** Returns a period that no other call returns: readings of short timeframes are cached by their period. */
function nextPeriod() {
  year += 1;
  return { start: `${year}-09-01`, end: `${year + 1}-08-31` };
}
const bytes = (text) => new TextEncoder().encode(text);
/** The same spaces with other words and signs between them. */
const otherWords = (text) => text.replace(/[\p{L}\p{N}]+/gu, 'ы').replace(/[^\p{L}\p{N}\s]/gu, '¤');
const mirrored = (text) => [...text].reverse().join('');
const FIELDS = {
  'names of persons': [MAX_LONG, findPersons],
  responsible: [MAX_LONG, readResponsible],
  'cited documents': [MAX_LONG, citedDocuments],
  'years of a copy': [MAX_LONG, (text) => withoutLeapDay(movedYears(text, 1, period), period)],
  'text of a cell': [MAX_LONG, tidied],
  timeframe: [MAX_SHORT, (text) => readTimeframe(text, nextPeriod(), text)],
  'name of an organisation': [MAX_SHORT, likenessOf],
  'name to be forgotten': [MAX_HOLDER_NAME, nameStems],
  'cell of a title': [MAX_LONG, (text) => readWording(text, notes().note)],
  'title of a plan': [MAX_TITLE, periodIn],
  'line of a stamp': [MAX_LONG, (text) => readStamp(['УТВЕРЖДАЮ', text, text])],
  'paragraph of prose': [20_000, (text) => readProse([{ kind: 'paragraph', text, source: 'line 1' }])],
  'two texts compared': [
    MAX_LONG,
    (text) => [otherWords, mirrored].map((changed) => wordDifferences(text, changed(text))),
  ],
  'beginning of a file': [4_000, (text) => readContent(bytes(`<!-- ${text}`), 'a.html').catch(() => undefined)],
  'cell of a table': [
    MAX_LONG,
    (text) => {
      const cell = { text, span: 1, continued: false, strong: false, numbered: false };
      const head = ['№', 'Мероприятие', 'Срок', 'Ответственный'].map((each) => ({ ...cell, text: each }));
      const row = (cells) => ({ source: 'row', cells, blankBefore: null });
      try {
        readPlan({
          reader: 'csv-1',
          blocks: [{ kind: 'table', ragged: false, rows: [row(head), row([cell, cell, cell, cell])] }],
          repairs: [],
        });
      } catch {
        // A text that is not a plan also takes time to reject.
      }
    },
  ],
};

async function timeOf(read, text) {
  const before = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Returns the shortest times for the text and its parts (ms). Measures until growth is linear, at most ROUNDS times. */
async function growthOf(read, text) {
  const least = { whole: Number.POSITIVE_INFINITY, half: Number.POSITIVE_INFINITY, quarter: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round += 1) {
    least.whole = Math.min(least.whole, await timeOf(read, text));
    if (least.whole < MOMENT) return { ...least, linear: true };
    least.half = Math.min(least.half, await timeOf(read, text.slice(0, text.length / 2)));
    least.quarter = Math.min(least.quarter, await timeOf(read, text.slice(0, text.length / 4)));
    if (round < FEWEST - 1) continue;
    if (least.whole <= GROWTH * least.half || least.whole <= LONG_GROWTH * least.quarter)
      return { ...least, linear: least.whole <= MOST };
  }
  return { ...least, linear: false };
}

let failed = 0;
let slowest = { ms: 0, what: '' };
for (const [field, [max, read]] of Object.entries(FIELDS)) {
  for (const shape of SHAPES) {
    const text = shape.repeat(Math.ceil(max / shape.length)).slice(0, max);
    const { whole, half, quarter, linear } = await growthOf(read, text);
    if (whole > slowest.ms) slowest = { ms: whole, what: `${field}, ${JSON.stringify(shape)}` };
    if (linear) continue;
    failed += 1;
    process.stderr.write(
      `${field}, ${JSON.stringify(shape)}: ${whole.toFixed(1)} ms for ${max} characters, ${half.toFixed(1)} for half, ${quarter.toFixed(1)} for a quarter\n`,
    );
  }
}
process.stdout.write(
  `${Object.keys(FIELDS).length} fields in ${SHAPES.length} shapes; the slowest took ${slowest.ms.toFixed(1)} ms (${slowest.what})\n`,
);
process.exitCode = failed > 0 ? 1 : 0;
