/**
 * Irregularities that a document reader or a plan copy can find. Those with `review` are questions to a person; those
 * with `repaired` were corrected without a change of wording.
 */
export const IRREGULARITIES = {
  ACTIVITY_NUMBERS_RUN_THROUGH: 'repaired',
  BLANK_LINE_IN_TABLE: 'repaired',
  CELL_UNREADABLE: 'review',
  CELLS_MISSING: 'repaired',
  COLUMN_MISSING: 'review',
  COLUMNS_NUMBERED: 'repaired',
  COLUMNS_STATED: 'repaired',
  COPIED_DAY_OFF: 'review',
  COPIED_TERM: 'review',
  COPIED_UNFINISHED: 'review',
  COPIED_YEAR: 'review',
  CITED_DATE_UNREADABLE: 'review',
  ENCODING_ASSUMED: 'repaired',
  FOREIGN_FRAGMENT: 'review',
  HEAD_ROW_REPEATED: 'repaired',
  HEADING_IS_ITEM: 'review',
  HIDDEN_LEFT_OUT: 'review',
  INITIALS_WITHOUT_DOTS: 'repaired',
  LIST_AFTER_COLON: 'review',
  MARKDOWN_MARKS: 'repaired',
  NO_PERIOD: 'review',
  NO_STAMP_DATE: 'repaired',
  NOTE_KEPT: 'repaired',
  NUMBER_FROM_LIST: 'repaired',
  NUMBER_GLUED_TO_TITLE: 'repaired',
  NUMBERED_LIST: 'repaired',
  ON_DEMAND_IN_TITLE: 'review',
  PAIRED_BY_ORDER: 'review',
  PARTY_FROM_SECTION: 'review',
  PARTY_OR_ITS_UNITS: 'review',
  PERIOD_ASSUMED: 'review',
  PERIOD_DERIVED: 'repaired',
  PERSON_IN_TITLE: 'repaired',
  ROW_CONTINUED: 'review',
  SECTION_ASSUMED: 'review',
  SECTION_NUMBERS_MIXED: 'repaired',
  SECTION_WITHOUT_CELLS: 'repaired',
  SEVERAL_IN_ONE: 'review',
  SHEETS_LEFT_OUT: 'review',
  SIMILAR_PARTY: 'review',
  SINGLE_SUB_ITEM: 'review',
  STRUCK_LEFT_OUT: 'review',
  TABLE_LEFT_OUT: 'review',
  TEXT_LEFT_OUT: 'review',
  TIME_FROM_HEADS: 'review',
  TITLE_ASSUMED: 'review',
  TITLE_IN_CAPITALS: 'repaired',
  TITLE_OVER_LINES: 'repaired',
  TRAILING_COMMA: 'repaired',
  UNBALANCED_QUOTES: 'review',
  UNCLOSED_PARENTHESIS: 'review',
} as const;
/** A code of an irregularity. */
export type IrregularityCode = keyof typeof IRREGULARITIES;

/** An irregularity, with the place where it was found. */
export interface Irregularity {
  readonly code: IrregularityCode;
  /** The field: `title`, `subItems`, `responsible`, `timeframe`, `execution`, `number`, `period`, `stamps`, `table`. */
  readonly field: string;
  /** The printed words in question, or null. */
  readonly text: string | null;
  /** Other possible readings, as they would be printed. */
  readonly alternatives: readonly string[];
}

/** Returns true for an irregularity that a person should review. */
export function asksForReview(irregularity: Irregularity): boolean {
  return IRREGULARITIES[irregularity.code] === 'review';
}
