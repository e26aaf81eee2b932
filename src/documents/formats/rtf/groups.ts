/** Groups that hold no text of the document. */
export const LEFT_OUT_DESTINATIONS = new Set(
  'colortbl stylesheet info pict objdata header headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor listtable listoverridetable revtbl filetbl generator nonesttables sp tc xe fldinst'.split(
    ' ',
  ),
);
/** Groups that are marked as optional and hold text all the same. */
export const OPTIONAL_WITH_TEXT = new Set(['shpinst', 'shptxt', 'listtext', 'pntext', 'footnote']);
/** Signs that have a control word of their own. */
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

/** What is in force within a group. */
export interface Group {
  /** `font` for the table of fonts, `note` for a footnote. */
  readonly goesTo: 'text' | 'note' | 'font' | 'nothing';
  readonly isOptional: boolean;
  readonly font: number;
  readonly isStrong: boolean;
  readonly isHidden: boolean;
  readonly isInTable: boolean;
  /** Characters behind `\u` that stand for the same sign, for readers that know no Unicode. */
  readonly substitutes: number;
}

const PLAIN_RUN = { isStrong: false, isHidden: false } as const;
/** What is in force at the beginning. */
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
