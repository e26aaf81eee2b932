/**
 * Widths of the characters of Times New Roman in hundredths of the size of the font, by groups; each width is that of
 * the widest character of its group.
 */
const WIDTHS: ReadonlyMap<string, number> = new Map(
  (
    [
      [28, " .,:;!'|/\\ijlt"],
      [34, '()[]-fr`'],
      [47, 'аеёзгстэьясe?'],
      [52, 'бвдклорухчabcdghknopqsuvxyz0123456789«»–_"$*'],
      [54, 'ийнпцъ'],
      [58, 'БГЗРЬ+=<>~'],
      [68, 'фмыВЕЁКЛСТЧЭЯEFLPST'],
      [74, 'жюАДИЙНОПУХЦЪABCDGHJKNOQRUVXYZI'],
      [80, 'шщФmw&'],
      [92, 'ЖМЫMW%@'],
      [103, 'ШЩЮ№—…'],
    ] as const
  ).flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)),
);
const OTHER_WIDTH = 100;
const BOLD_WIDTH = 1.06;

/** The size of a font in points, and whether it is bold. */
export interface Font {
  readonly size: number;
  readonly isBold: boolean;
}

/** Returns the number of lines of a text in a column of this width in points. Lines break between words. */
export function lineCount(text: string, width: number, font: Font): number {
  return text.split('\n').reduce((sum, line) => sum + wrappedCount(line, width, font), 0);
}

function wrappedCount(line: string, width: number, font: Font): number {
  const space = widthOf(' ', font);
  let lines = 1;
  let used = 0;
  for (const word of line.split(/[ \t]+/u)) {
    const own = widthOf(word, font);
    if (used > 0 && used + space + own > width) {
      lines += 1;
      used = 0;
    }
    used += (used > 0 ? space : 0) + own;
    // A word that is wider than the column breaks anywhere.
    while (used > width) {
      lines += 1;
      used -= width;
    }
  }
  return lines;
}

function widthOf(text: string, { size, isBold }: Font): number {
  let hundredths = 0;
  for (const character of text) hundredths += WIDTHS.get(character) ?? OTHER_WIDTH;
  return (hundredths / 100) * size * (isBold ? BOLD_WIDTH : 1);
}
