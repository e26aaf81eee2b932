/** Reasons why a log was not signed. Each has a sentence in application/logProblems.ts. */
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

/** The data of each event about the log, by name. */
export interface LogEventData {
  /** The log is signed with another key from now on. Both are public keys, `name+id+key`. */
  LogKeyRotated: { readonly key: string; readonly previous: string };
  /** An operator accepted the log as it was before this event, although it did not match its anchor. */
  LogAccepted: {
    readonly problem: LogProblem;
    readonly accepted: LogSize;
    /** Null when the anchor was missing or unreadable. */
    readonly anchor: LogSize | null;
  };
}

/** The name of an event about the log. */
export type LogEventType = keyof LogEventData;

/** Any event about the log. */
export type LogEvent = {
  [T in LogEventType]: { readonly type: T; readonly data: LogEventData[T] };
}[LogEventType];
