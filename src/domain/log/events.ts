/** Why a log was not signed: see the sentences in application/logProblems.ts. */
export const LOG_PROBLEMS = [
  'NO_ANCHOR',
  'ANCHOR_NOT_OURS',
  'OTHER_CHRONICLE',
  'OTHER_KEY',
  'CHECKPOINT_NOT_OURS',
  'CUT',
  'REWRITTEN',
] as const;
export type LogProblem = (typeof LOG_PROBLEMS)[number];

/** A size of the log with the root over it, in base64. */
export interface LogSize {
  readonly size: number;
  readonly root: string;
}

/** The data of each event about the log itself, by its name. */
export interface LogEventData {
  /** From here on the log is signed by another key; both as public keys, `name+id+key`. */
  LogKeyRotated: { readonly key: string; readonly previous: string };
  /** An operator has accepted the log as it was before this event, though it did not match its anchor. */
  LogAccepted: {
    readonly problem: LogProblem;
    readonly accepted: LogSize;
    /** Null when there was none, or none that could be read. */
    readonly anchor: LogSize | null;
  };
}

export type LogEventType = keyof LogEventData;

/** Any event about the log itself. */
export type LogEvent = {
  [T in LogEventType]: { readonly type: T; readonly data: LogEventData[T] };
}[LogEventType];
