import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.js';

/** The form of the numbers on one level of a list. */
interface Level {
  readonly start: number;
  readonly format: string;
  /** `%1.%2.`: the numbers of levels, counted from 1, within other signs. */
  readonly text: string;
}

interface List {
  /** Lists with the same definition share their counters. */
  readonly definition: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels at which this list begins again, with the first number. */
  readonly restarts: ReadonlyMap<number, number>;
}

/** The list and level of a paragraph. */
export interface ListPlace {
  readonly list: string;
  readonly level: number;
}

const MAX_LEVELS = 9;

/**
 * Returns a function that returns the next number that a word processor prints; undefined if it prints no number, such
 * as for a bullet.
 */
export function numbersOf(numbering: XmlElement | undefined): (place: ListPlace) => string | undefined {
  const lists = listsOf(numbering);
  const counters = new Map<string, Map<number, number>>();
  const begun = new Set<string>();
  return ({ list: id, level }) => {
    const list = lists.get(id);
    const own = list?.levels.get(level);
    if (!list || !own) return undefined;
    const counter = counters.get(list.definition) ?? new Map<number, number>();
    counters.set(list.definition, counter);
    if (!begun.has(id)) for (const [at, first] of list.restarts) counter.set(at, first - 1);
    begun.add(id);
    counter.set(level, (counter.get(level) ?? own.start - 1) + 1);
    for (let deeper = level + 1; deeper < MAX_LEVELS; deeper += 1) counter.delete(deeper);
    if (own.format === 'bullet' || own.format === 'none') return undefined;
    return own.text.replace(/%([1-9])/gu, (_, place: string) => {
      const at = Number(place) - 1;
      const shown = list.levels.get(at);
      return shown ? inFormat(counter.get(at) ?? shown.start, shown.format) : '';
    });
  };
}

function listsOf(numbering: XmlElement | undefined): ReadonlyMap<string, List> {
  const definitions = new Map(
    childrenOf(numbering, 'abstractNum').map((each) => [attributeOf(each, 'abstractNumId') ?? '', levelsOf(each)]),
  );
  return new Map(
    childrenOf(numbering, 'num').map((num): [string, List] => {
      const definition = attributeOf(childOf(num, 'abstractNumId'), 'val') ?? '';
      const levels = new Map(definitions.get(definition));
      const restarts = new Map<number, number>();
      for (const override of childrenOf(num, 'lvlOverride')) {
        for (const [at, level] of levelsOf(override)) levels.set(at, level);
        const start = attributeOf(childOf(override, 'startOverride'), 'val');
        if (start !== undefined) restarts.set(numberOf(attributeOf(override, 'ilvl'), 0), numberOf(start, 1));
      }
      return [attributeOf(num, 'numId') ?? '', { definition, levels, restarts }];
    }),
  );
}

function levelsOf(definition: XmlElement): Map<number, Level> {
  const value = (level: XmlElement, name: string) => attributeOf(childOf(level, name), 'val');
  return new Map(
    childrenOf(definition, 'lvl').map((level) => [
      numberOf(attributeOf(level, 'ilvl'), 0),
      {
        start: numberOf(value(level, 'start'), 1),
        format: value(level, 'numFmt') ?? 'decimal',
        text: (value(level, 'lvlText') ?? '').slice(0, 40),
      },
    ]),
  );
}

function numberOf(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value >= 0 && value < 100_000 ? value : otherwise;
}

const ROMAN_DIGITS: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];
/** Word leaves out «ё», «й», «ъ», «ы» and «ь». */
const RUSSIAN = 'абвгдежзиклмнопрстуфхцчшщэюя';
const LATIN = 'abcdefghijklmnopqrstuvwxyz';

function inFormat(value: number, format: string): string {
  switch (format) {
    case 'upperRoman':
      return roman(value).toUpperCase();
    case 'lowerRoman':
      return roman(value);
    case 'russianUpper':
      return letter(value, RUSSIAN).toUpperCase();
    case 'russianLower':
      return letter(value, RUSSIAN);
    case 'upperLetter':
      return letter(value, LATIN).toUpperCase();
    case 'lowerLetter':
      return letter(value, LATIN);
    case 'decimalZero':
      return String(value).padStart(2, '0');
    default:
      return String(value);
  }
}

function roman(value: number): string {
  let left = Math.min(value, 3_999);
  let text = '';
  for (const [worth, sign] of ROMAN_DIGITS) {
    text += sign.repeat(Math.floor(left / worth));
    left %= worth;
  }
  return text;
}

/** Returns the letter of a number. After the last letter of the alphabet letters are doubled, as Word does. */
function letter(value: number, alphabet: string): string {
  if (value < 1) return '';
  const sign = alphabet[(value - 1) % alphabet.length] ?? '';
  return sign.repeat(Math.min(Math.ceil(value / alphabet.length), 10));
}
