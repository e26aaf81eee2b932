/** Endings of patronymics: beside a surname they name nobody. */
const PATRONYMIC = /(вич|вича|вичу|вичем|вна|вны|вне|вной|ична|ичны|ичне|ичной)$/;
/** Shorter beginnings are those of too many other words: of a shorter name the whole word is looked for. */
const MIN_STEM = 4;
/** Letters that the endings of a name add at most. */
const MAX_ENDING = 4;
/** Letters before and after a place in which a name may stand. */
const AROUND = 40;

/** How a name is looked for in running texts: words that begin so, or that are just so. */
export interface NameStem {
  readonly stem: string;
  /** Only the whole word. */
  readonly isWhole: boolean;
}

/**
 * The beginnings of words by which a printed name may stand in a running text, whatever its case: of «Петрова И.С.» it is
 * «петро», which also begins «Петровой» and «Петровская»: whoever reads the places tells them apart.
 */
export function nameStems(name: string): NameStem[] {
  // Initials are single letters, or two capitals beside a surname.
  const words = name.match(/\p{L}{2,}/gu) ?? [];
  const whole = words.filter((word) => !/^\p{Lu}{2}$/u.test(word));
  const kept = (whole.length > 0 ? whole : words).map(normal);
  const surnames = kept.filter((word) => !PATRONYMIC.test(word));
  // «Станкевич А.А.»: the only word is the surname, whatever it ends in.
  const stems = (surnames.length > 0 ? surnames : kept).map((word) =>
    word.length < MIN_STEM
      ? { stem: word, isWhole: true }
      : { stem: word.slice(0, Math.max(MIN_STEM, word.length - 2)), isWhole: false },
  );
  return [...new Map(stems.map((stem) => [stem.stem, stem])).values()];
}

/** True when some form of the name stands in a text; «Орловской» is none of «Орлов». */
export function isNamedIn(name: string, text: string): boolean {
  const words = normal(text).match(/\p{L}+/gu) ?? [];
  return nameStems(name).some((stem) =>
    words.some((word) => fits(word, stem) && word.length <= stem.stem.length + MAX_ENDING),
  );
}

/** The place of a text in which a word begins like this, with a little around it; undefined when there is none. */
export function placeOf(text: string, stem: NameStem): string | undefined {
  const at = [...normal(text).matchAll(/\p{L}+/gu)].find(([word]) => fits(word, stem))?.index;
  if (at === undefined) return undefined;
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + stem.stem.length + AROUND)];
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}

function fits(word: string, { stem, isWhole }: NameStem): boolean {
  return isWhole ? word === stem : word.startsWith(stem);
}

function normal(text: string): string {
  return text.toLocaleLowerCase('ru').replaceAll('ё', 'е');
}
