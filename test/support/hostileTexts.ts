import fc from 'fast-check';
import type { TextRule } from '../../src/graphql/texts/rules.js';

/** Characters that no format can contain: lone surrogates, control characters, noncharacters. */
const UNREADABLE = ['\uD800', '\uDC00', '\uDFFF\uD83D', '\u0000', '\u0007', '\u001B', '\u007F', '\u0085'].concat(
  ...['\u009F', '\uFDD0', '\uFFFE', '\uFFFF', '\u{1FFFE}', '\u{10FFFF}'],
);

/** Characters that can be stored, and that programs change, hide or take for markup. */
const AWKWARD = [
  ...['\t', '\n', '\r\n', '\r', '\u2028', '\u2029', '\u00A0', '\u3000', ' '],
  ...['\u202E', '\u202A', '\u2066', '\u2069', '\u200F', '\u061C', '\u200B', '\u200D', '\u2060', '\uFEFF', '\u00AD'],
  ...[
    'e\u0301',
    `а${'\u0301'.repeat(50)}`,
    '\u0345\u0301',
    '👩‍👩‍👧',
    '😀',
    '𝒜',
    '\u{E0001}',
    '\u{10FFFD}',
    '\uE000',
    '\uFFFD',
  ],
  ...['=', '+', '-', '@', '＝', '＋', '－', '＠', '=1+1', '@SUM(A1)', '-1+2|cmd', "'", '"', ';', ',', '\\', '|'],
  ...['<b>', '</td>', '<script>', '&amp;', '&#0;', ']]>', '<!--', '{{', '${', '%00', '_x0000_', '_x005F_', '\\u0000'],
  ...['END:VEVENT', 'BEGIN:VALARM', 'X-INJECTED:1', 'null', '__proto__', 'constructor', '../', 'ﬃ', 'İ', 'ß', 'Ǆ'],
];

/** Words that the readers of wordings know, so that hostile characters are within the parsed texts. */
const WORDS = [
  'Семинар',
  'Иванова И.И.',
  'директор',
  'октябрь 2020 г.',
  'до 1 мая',
  '№ 12',
  '1)',
  '-',
  '«',
  '»',
  '(',
  'по',
];

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...AWKWARD) },
  { weight: 3, arbitrary: fc.constantFrom(...WORDS, ' ') },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);
const pieces = fc.array(piece, { minLength: 1, maxLength: 8 }).map((each) => each.join(''));

/** Pairs of surrogates that begin at an even or odd index, so that code which cuts a text divides one of them. */
const pairs = fc
  .tuple(fc.boolean(), fc.integer({ min: 1, max: 300 }), fc.constantFrom('😀', '𝒜'))
  .map(([odd, count, sign]) => `${odd ? 'а' : ''}${sign.repeat(count)}`);

/** Returns texts with which a reader or writer may fail. About a third cannot be stored. */
export function hostileTexts(rule: TextRule): fc.Arbitrary<string> {
  const max = rule.kind === 'file' ? 2_000 : rule.max;
  const long = fc
    .tuple(
      fc.integer({ min: max - 3, max: max + 1 }),
      fc.constantFrom('п', '😀', 'e\u0301', '=', '\u200B', 'по '),
      pieces,
    )
    .map(([length, sign, end]) => `${sign.repeat(length).slice(0, Math.max(0, length - end.length))}${end}`);
  const text = fc.oneof(
    { weight: 10, arbitrary: pieces },
    { weight: 3, arbitrary: pairs },
    { weight: 2, arbitrary: long },
    { weight: 3, arbitrary: fc.tuple(pieces, fc.constantFrom(...UNREADABLE), pieces).map((each) => each.join('')) },
  );
  // Without this, a line break would hide all other faults of a text for a field of one line.
  return rule.kind === 'line'
    ? fc.tuple(text, fc.nat(9)).map(([each, n]) => (n === 0 ? each : each.replace(/[\n\r\u2028\u2029]/g, ' ')))
    : text;
}
