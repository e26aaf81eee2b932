/** Endings of patronymics. Beside a surname they do not identify a person. */
const PATRONYMIC_ENDING = /(вич|вича|вичу|вичем|вна|вны|вне|вной|ична|ичны|ичне|ичной)$/;
/** Shorter stems begin too many other words: a shorter name is matched as a whole word. */
const MIN_STEM = 4;
/** Maximum number of letters that an inflected form adds to a stem. */
const MAX_ENDING = 4;
/** Characters before and after a match in an excerpt. */
const AROUND = 40;

/** A pattern that finds a name in texts: words that begin with the stem, or equal the stem. */
export interface NameStem {
  readonly stem: string;
  /** True to match only the whole word. */
  readonly isWhole: boolean;
}

/**
 * Returns the stems by which a printed name can be found in texts, in lower case: of «Петрова И.С.» it is «петро»,
 * which matches «Петровой» and also «Петровская». A person must check the matches.
 */
export function nameStems(name: string): NameStem[] {
  // Initials are single letters, or two capitals beside a surname.
  const words = name.match(/\p{L}{2,}/gu) ?? [];
  const whole = words.filter((word) => !/^\p{Lu}{2}$/u.test(word));
  const kept = (whole.length > 0 ? whole : words).map(normal);
  const surnames = kept.filter((word) => !PATRONYMIC_ENDING.test(word));
  // In «Станкевич А.А.» the only word is the surname, even if it ends like a patronymic.
  const stems = (surnames.length > 0 ? surnames : kept).map((word) =>
    word.length < MIN_STEM
      ? { stem: word, isWhole: true }
      : { stem: word.slice(0, Math.max(MIN_STEM, word.length - 2)), isWhole: false },
  );
  return [...new Map(stems.map((stem) => [stem.stem, stem])).values()];
}

/** Returns true if a text contains some form of the name; «Орловской» is not a form of «Орлов». */
export function isNamedIn(name: string, text: string): boolean {
  const words = normal(text).match(/\p{L}+/gu) ?? [];
  return nameStems(name).some((stem) =>
    words.some((word) => matchesStem(word, stem) && word.length <= stem.stem.length + MAX_ENDING),
  );
}

/** Returns an excerpt around the first word of a text that matches the stem; undefined if none does. */
export function excerptAround(text: string, stem: NameStem): string | undefined {
  const at = [...normal(text).matchAll(/\p{L}+/gu)].find(([word]) => matchesStem(word, stem))?.index;
  if (at === undefined) return undefined;
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + stem.stem.length + AROUND)];
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}

function matchesStem(word: string, { stem, isWhole }: NameStem): boolean {
  return isWhole ? word === stem : word.startsWith(stem);
}

function normal(text: string): string {
  return text.toLocaleLowerCase('ru').replaceAll('ё', 'е');
}
