/** The data of each event about the log itself, by its name. */
export interface LogEventData {
  /** From here on the log is signed by another key; both as public keys, `name+id+key`. */
  LogKeyRotated: { readonly key: string; readonly previous: string };
}

export type LogEventType = keyof LogEventData;

/** Any event about the log itself. */
export type LogEvent = {
  [T in LogEventType]: { readonly type: T; readonly data: LogEventData[T] };
}[LogEventType];
