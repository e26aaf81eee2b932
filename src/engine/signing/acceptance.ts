/** Reasons why a log was not signed. */
export const LOG_PROBLEMS = [
  'NO_ANCHOR',
  'ANCHOR_NOT_OURS',
  'OTHER_CHRONICLE',
  'OTHER_KEY',
  'CHECKPOINT_NOT_OURS',
  'CUT',
  'REWRITTEN',
] as const;
/** A reason why a log was not signed. */
export type LogProblem = (typeof LOG_PROBLEMS)[number];

/** The size of the log, and its root hash (base64). */
export interface LogSize {
  readonly size: number;
  readonly root: string;
}

/** The state of a log that an operator accepted although it did not match its anchor. */
export interface AcceptedLog {
  readonly problem: LogProblem;
  readonly accepted: LogSize;
  /** Null when the anchor was missing or unreadable. */
  readonly anchor: LogSize | null;
}
