import { accept, type Decision, refuse } from '../refusal.js';
import type { LogEvent } from './events.js';

/** The present key of the log; ABSENT while it has its first key. */
export type LogKeys = { readonly status: 'ABSENT' } | RotatedKeys;

/** A log whose key was rotated. */
export interface RotatedKeys {
  readonly status: 'ROTATED';
  readonly key: string;
}

/** A log that has its first key. */
export const FIRST_KEY: LogKeys = { status: 'ABSENT' };

/** The command to sign with another key from now on. */
export interface LogCommand {
  readonly type: 'rotateLogKey';
  readonly key: string;
  readonly previous: string;
}

/** Decides on a key rotation: the event to append, or a refusal. Pure and total. */
export function decideLogKey(keys: LogKeys, { key, previous }: LogCommand): Decision<LogEvent> {
  const isKnown = keys.status === 'ROTATED' ? keys.key === key : key === previous;
  return isKnown ? refuse('NOTHING_CHANGES') : accept({ type: 'LogKeyRotated', data: { key, previous } });
}

/** Returns the present key after an event. */
export function evolveLogKeys(_: LogKeys, event: LogEvent): RotatedKeys {
  switch (event.type) {
    case 'LogKeyRotated':
      return { status: 'ROTATED', key: event.data.key };
  }
}
