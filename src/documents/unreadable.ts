/** A document that cannot be read as a plan: says where and why, and what would help. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';

  /** `place` is where the fault stands (`line 12`, `table 1, row 5`), null when it is not in one place. */
  constructor(
    readonly place: string | null,
    readonly problem: string,
  ) {
    super(place === null ? problem : `${place}: ${problem}`);
  }
}
