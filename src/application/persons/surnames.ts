/** Endings of patronymics: they name nobody by themselves. */
const PATRONYMIC = /(вич|вна|ична|инична|вича|вичу|вичем|вны|вне|вной)$/;
/** Shorter beginnings are those of too many other words. */
const MIN_STEM = 4;

/**
 * The beginnings of words by which a printed name may stand in a running text, whatever its case: of «Петрова И.С.» it is
 * «петро», which also begins «Петровой» and «Петровская»: whoever reads the places tells them apart.
 */
export function nameStems(name: string): string[] {
  const words = name
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .match(/\p{L}{3,}/gu);
  const stems = (words ?? [])
    .filter((word) => !PATRONYMIC.test(word))
    .map((word) => word.slice(0, Math.max(MIN_STEM, word.length - 2)));
  return [...new Set(stems)];
}

/** Letters that the endings of a name add at most. */
const MAX_ENDING = 4;

/** True when some form of the name stands in a text; «Орловской» is none of «Орлов». */
export function isNamedIn(name: string, text: string): boolean {
  const words =
    text
      .toLocaleLowerCase('ru')
      .replaceAll('ё', 'е')
      .match(/\p{L}+/gu) ?? [];
  return nameStems(name).some((stem) =>
    words.some((word) => word.startsWith(stem) && word.length <= stem.length + MAX_ENDING),
  );
}

/** Letters before and after a place in which a name may stand. */
const AROUND = 40;

/** The place of a text in which a word begins like this, with a little around it; undefined when there is none. */
export function placeOf(text: string, stem: string): string | undefined {
  const plain = text.toLocaleLowerCase('ru').replaceAll('ё', 'е');
  const at = [...plain.matchAll(/\p{L}+/gu)].find(([word]) => word.startsWith(stem))?.index;
  if (at === undefined) return undefined;
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + stem.length + AROUND)];
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}
