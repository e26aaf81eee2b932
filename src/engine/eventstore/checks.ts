import { isExact } from '../storage/exactText.js';
import { AppendTooLarge, type EventStoreLimits, type ExpectedRevision, InvalidAppend, type NewEvent } from './port.js';

const MAX_STREAM_LENGTH = 200;

/**
 * Checks an append before it is added to a transaction.
 *
 * @throws InvalidAppend, AppendTooLarge
 */
export function checkAppend(
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
  limits: EventStoreLimits,
): void {
  checkText('the stream name', stream);
  if (stream.length > MAX_STREAM_LENGTH) {
    throw new InvalidAppend(`the stream name has ${stream.length} characters, ${MAX_STREAM_LENGTH} are allowed`);
  }
  if (expected !== 'noStream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppend(`the expected revision ${expected} is neither a revision nor 'noStream'`);
  }
  if (events.length === 0) throw new InvalidAppend(`an append without events to ${stream}`);
  if (events.length > limits.maxAppendEvents) {
    throw new AppendTooLarge(`an append of ${events.length} events, ${limits.maxAppendEvents} are allowed: split it`);
  }
  checkEvents(events, limits);
}

function checkEvents(events: readonly NewEvent[], limits: EventStoreLimits): void {
  const ids = new Set<string>();
  let bytes = 0;
  for (const { id, type, schemaVersion, body } of events) {
    checkText('an event id', id);
    checkText('an event type', type);
    if (!(Number.isSafeInteger(schemaVersion) && schemaVersion >= 1)) {
      throw new InvalidAppend(`the schema version ${schemaVersion} of ${type} is not a whole number from 1`);
    }
    if (ids.has(id)) throw new InvalidAppend(`the event id ${id} occurs twice in one append`);
    ids.add(id);
    bytes += Buffer.byteLength(body);
    if (bytes > limits.maxAppendBytes) {
      throw new AppendTooLarge(`an append of more than ${limits.maxAppendBytes} bytes: split it`);
    }
    if (!isExact(body)) throw new InvalidAppend(`the body of ${id} has characters that cannot be stored`);
  }
}

function checkText(what: string, text: string): void {
  if (text === '') throw new InvalidAppend(`${what} is empty`);
  if (!isExact(text)) throw new InvalidAppend(`${what} has characters that cannot be stored`);
}
