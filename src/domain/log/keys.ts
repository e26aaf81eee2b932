import { accept, type Decision, refuse } from '../refusal.js';
import type { LogEvent, LogEventData } from './events.js';

/** What is known of the keys of the log: nothing as long as it has the one that it began with. */
export type LogKeys = { readonly status: 'ABSENT' } | KnownLog;

/** A log that has events about itself. */
export interface KnownLog {
  readonly status: 'KNOWN';
  /** The key that it has come to; null while it has the one that it began with. */
  readonly key: string | null;
}

export const FIRST_KEY: LogKeys = { status: 'ABSENT' };

/** Commands on the log: to sign with another key from now on, and to sign what does not match its anchor. */
export type LogCommand =
  | { readonly type: 'rotateLogKey'; readonly key: string; readonly previous: string }
  | ({ readonly type: 'acceptLog' } & LogEventData['LogAccepted']);

/** What happens when the command meets the log. Pure and total. */
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

/** The keys after an event. */
export function evolveLogKeys(keys: LogKeys, event: LogEvent): KnownLog {
  switch (event.type) {
    case 'LogKeyRotated':
      return { status: 'KNOWN', key: event.data.key };
    case 'LogAccepted':
      return { status: 'KNOWN', key: keys.status === 'KNOWN' ? keys.key : null };
  }
}
