/** Reasons why a document cannot be read as a plan, for clients with their own texts. */
export type UnreadableReason =
  | 'ARCHIVE'
  | 'DAMAGED'
  | 'EMPTY'
  /** No table or title of a plan was recognised. */
  | 'NO_PLAN'
  /** A document of Word 97–2003, on a server that cannot convert it. */
  | 'OLD_WORD'
  | 'PDF'
  | 'PICTURE'
  | 'PROTECTED'
  | 'TOO_LARGE'
  | 'OTHER';

/** A document that cannot be read as a plan. The message contains the place, the reason, and what to do. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';

  /**
   * @param place place of the fault (`line 12`, `table 1, row 5`); null when it is not in one place.
   * @param headings the headings of the columns that were found; empty when they do not matter.
   */
  constructor(
    readonly place: string | null,
    readonly problem: string,
    readonly reason: UnreadableReason = 'OTHER',
    readonly headings: readonly string[] = [],
  ) {
    super(place === null ? problem : `${place}: ${problem}`);
  }
}
