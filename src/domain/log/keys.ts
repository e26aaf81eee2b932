import { accept, type Decision, refuse } from '../refusal.js';
import type { LogEvent } from './events.js';

/** What is known of the keys of the log: nothing as long as it has the one that it began with. */
export type LogKeys = { readonly status: 'ABSENT' } | RotatedKeys;

/** A log that has had more than one key. */
export interface RotatedKeys {
  readonly status: 'ROTATED';
  readonly key: string;
}

export const FIRST_KEY: LogKeys = { status: 'ABSENT' };

/** The command to sign with another key from now on. */
export interface LogCommand {
  readonly type: 'rotateLogKey';
  readonly key: string;
  readonly previous: string;
}

/** What happens when the command meets the log. Pure and total. */
export function decideLogKey(keys: LogKeys, { key, previous }: LogCommand): Decision<LogEvent> {
  const isKnown = keys.status === 'ROTATED' ? keys.key === key : key === previous;
  return isKnown ? refuse('NOTHING_CHANGES') : accept({ type: 'LogKeyRotated', data: { key, previous } });
}

/** The keys after an event. */
export function evolveLogKeys(_: LogKeys, event: LogEvent): RotatedKeys {
  switch (event.type) {
    case 'LogKeyRotated':
      return { status: 'ROTATED', key: event.data.key };
  }
}
