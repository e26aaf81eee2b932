/** A document that cannot be read as a plan. The message says where and why, and what to do. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';

  /** @param place place of the fault (`line 12`, `table 1, row 5`); null when it is not in one place. */
  constructor(
    readonly place: string | null,
    readonly problem: string,
  ) {
    super(place === null ? problem : `${place}: ${problem}`);
  }
}
