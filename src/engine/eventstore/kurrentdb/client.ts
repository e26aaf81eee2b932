import { EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreUnavailable } from '../port.js';

/** Returns the client of a connection string. @throws EventStoreUnavailable if it cannot be read. */
export function clientOf(url: string): EventStoreDBClient {
  try {
    // With this option a refused append would look like a stored one.
    if (/throwOnAppendFailure=false/i.test(url)) throw new Error('throwOnAppendFailure must not be switched off');
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EventStoreUnavailable(`the connection string of the event store cannot be read: ${reason}`);
  }
}
