import type { AcceptedLog } from '../../engine/signing/acceptance.js';

/** The data of each event about the log, by name. */
export interface LogEventData {
  /** The log is signed with another key from now on. Both are public keys, `name+id+key`. */
  LogKeyRotated: { readonly key: string; readonly previous: string };
  /** An operator accepted the log as it was before this event, although it did not match its anchor. */
  LogAccepted: AcceptedLog;
}

/** The name of an event about the log. */
export type LogEventType = keyof LogEventData;

/** Any event about the log. */
export type LogEvent = {
  [T in LogEventType]: { readonly type: T; readonly data: LogEventData[T] };
}[LogEventType];
