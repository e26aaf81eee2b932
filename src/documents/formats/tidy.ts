import { monthOfHeading } from '../../domain/wording/heading.js';
import { isPartyWord } from '../../domain/wording/parties/lexicon.js';

/**
 * Returns a printed text without signs that only its typesetting needs. Removes soft hyphens and zero-width signs,
 * replaces special hyphens and minus signs by plain hyphens, and joins words that the end of a line divides.
 */
export function tidied(text: string): string {
  const plain = text
    .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, '')
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replaceAll('\u00A0', ' ');
  const [first = '', ...others] = plain.split('-\n');
  return others.reduce((before, after) => before + jointOf(before, after) + after, first);
}

const LONGEST_PART = 30;

/** Returns the text that replaces a hyphen and a line break between two texts: nothing, a hyphen, or both unchanged. */
function jointOf(before: string, after: string): string {
  const left =
    before
      .slice(-LONGEST_PART)
      .split(/[^А-ЯЁа-яё]/u)
      .at(-1) ?? '';
  const right = /^[а-яё]+/u.exec(after.slice(0, LONGEST_PART))?.[0];
  if (left === '' || right === undefined) return '-\n';
  return isOwnHyphen(left, right) ? '-' : '';
}

const ADJECTIVE = /(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ой|ей|ых|их|ым|им|ую|юю|ыми|ими)$/u;

/** «Учебно-воспитательная», «октябрь-ноябрь», «педагоги-организаторы»: the hyphen belongs to the word. */
function isOwnHyphen(left: string, right: string): boolean {
  const before = left.toLowerCase();
  if (before.length > 4 && before.endsWith('о') && ADJECTIVE.test(right)) return true;
  if (monthOfHeading(before) !== null && monthOfHeading(right) !== null) return true;
  return isPartyWord(before);
}
