/**
 * Encodings of the character sets of fonts (`\fcharset`). A character set that is not listed has the encoding of the
 * document.
 */
const CHARACTER_SETS: ReadonlyMap<number, string> = new Map([
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [134, 'gbk'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
  [255, 'ibm866'],
]);
const CODE_PAGES: ReadonlyMap<number, string> = new Map([
  [866, 'ibm866'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10_000, 'macintosh'],
  [10_007, 'x-mac-cyrillic'],
  [65_001, 'utf-8'],
]);

/** Encoding of a document that does not name one. */
export const USUAL_ENCODING = 'windows-1251';

/** Returns the encoding of a font's character set; null if it is that of the document. */
export function encodingOfCharacterSet(characterSet: number): string | null {
  return CHARACTER_SETS.get(characterSet) ?? null;
}

/** Returns the encoding of a code page of Windows; an unknown one counts as {@link USUAL_ENCODING}. */
export function encodingOfCodePage(page: number): string {
  if (page === 874 || (page >= 1_250 && page <= 1_258)) return `windows-${page}`;
  return CODE_PAGES.get(page) ?? USUAL_ENCODING;
}
