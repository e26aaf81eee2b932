import { accept, type Decision, refuse } from '../refusal.js';
import type { LogEvent, LogEventData } from './events.js';

/** The present key of the log; ABSENT while the log has no events about itself. */
export type LogKeys = { readonly status: 'ABSENT' } | KnownLog;

/** A log that has events about itself. */
export interface KnownLog {
  readonly status: 'KNOWN';
  /** The present key; null while it is the first one. */
  readonly key: string | null;
}

/** A log that has its first key. */
export const FIRST_KEY: LogKeys = { status: 'ABSENT' };

/** Commands on the log: sign with another key from now on, or accept a log that does not match its anchor. */
export type LogCommand =
  | { readonly type: 'rotateLogKey'; readonly key: string; readonly previous: string }
  | ({ readonly type: 'acceptLog' } & LogEventData['LogAccepted']);

/** Decides on a command on the log: the event to append, or a refusal. Pure and total. */
export function decideLogKey(keys: LogKeys, command: LogCommand): Decision<LogEvent> {
  switch (command.type) {
    case 'rotateLogKey': {
      const { key, previous } = command;
      const isKnown = keys.status === 'KNOWN' && keys.key !== null ? keys.key === key : key === previous;
      return isKnown ? refuse('NOTHING_CHANGES') : accept({ type: 'LogKeyRotated', data: { key, previous } });
    }
    case 'acceptLog': {
      const { type: _, ...data } = command;
      return accept({ type: 'LogAccepted', data });
    }
  }
}

/** Returns the state of the log after an event. */
export function evolveLogKeys(keys: LogKeys, event: LogEvent): KnownLog {
  switch (event.type) {
    case 'LogKeyRotated':
      return { status: 'KNOWN', key: event.data.key };
    case 'LogAccepted':
      return { status: 'KNOWN', key: keys.status === 'KNOWN' ? keys.key : null };
  }
}
