/** Groups that contain no text of the document. */
export const LEFT_OUT_DESTINATIONS = new Set(
  'colortbl stylesheet info pict objdata header headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor listtable listoverridetable revtbl filetbl generator nonesttables sp tc xe fldinst'.split(
    ' ',
  ),
);
/** Groups that contain text although they are marked as optional. */
export const OPTIONAL_WITH_TEXT = new Set(['shpinst', 'shptxt', 'listtext', 'pntext', 'footnote']);
/** Characters that are written as control words. */
export const SIGNS: ReadonlyMap<string, string> = new Map([
  ...([
    ['~', '\u00A0'],
    ['_', '\u2011'],
    ['-', ''],
    ['{', '{'],
    ['}', '}'],
    ['\\', '\\'],
    ['tab', '\t'],
  ] as const),
  ...([
    ['emdash', '—'],
    ['endash', '–'],
    ['lquote', '‘'],
    ['rquote', '’'],
    ['ldblquote', '“'],
    ['rdblquote', '”'],
  ] as const),
  ...([
    ['bullet', '•'],
    ['emspace', ' '],
    ['enspace', ' '],
    ['qmspace', ' '],
    ['nestcell', ' '],
  ] as const),
]);
/** A bullet of a symbol font, in its own encoding. */
export const SYMBOL = 'symbol';

/** Formatting state of a group. */
export interface Group {
  /** `font` for the table of fonts, `note` for a footnote. */
  readonly goesTo: 'text' | 'note' | 'font' | 'nothing';
  readonly isOptional: boolean;
  readonly font: number;
  readonly isStrong: boolean;
  readonly isHidden: boolean;
  readonly isInTable: boolean;
  /** Number of characters after `\u` that repeat the character for readers without Unicode. */
  readonly substitutes: number;
}

const PLAIN_RUN = { isStrong: false, isHidden: false } as const;
/** Formatting state at the beginning of a file. */
export const FIRST_GROUP: Group = {
  goesTo: 'text',
  isOptional: false,
  font: -1,
  ...PLAIN_RUN,
  isInTable: false,
  substitutes: 1,
};

/** Returns what a control word changes in its group; undefined for one that changes nothing there. */
export function changeOf(word: string, number: number | null): Partial<Group> | undefined {
  switch (word) {
    case 'uc':
      return { substitutes: Math.min(Math.max(number ?? 1, 0), 10) };
    case 'fonttbl':
      return { goesTo: 'font' };
    case 'footnote':
      return { goesTo: 'note' };
    case 'f':
      return { font: number ?? 0 };
    case 'b':
      return { isStrong: number !== 0 };
    case 'v':
    case 'strike':
    case 'striked':
    case 'deleted':
      return { isHidden: number !== 0 };
    case 'plain':
      return PLAIN_RUN;
    case 'pard':
      return { isInTable: false };
    case 'intbl':
      return { isInTable: true };
    default:
      return undefined;
  }
}
