import type { StoredEvent } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';
import { unscoped } from '../scope/unscoped.js';
import type { Seen } from '../services.js';

/** The services that carry out commands. Each checks the command against the scope of its principal. */
export type CommandServices = Pick<Seen, 'access' | 'callWebhook' | 'deliveries' | 'importId'> & {
  readonly plans: Seen['handler'];
  readonly organisations: Seen['organisations'];
  readonly forgetPerson: Seen['persons']['forget'];
  readonly webhooksOf: Seen['directory']['webhooksOf'];
  readonly chronicleId: string;
  /** Reads an event that the command has just written. */
  readonly written: (event: Pick<StoredEvent, 'stream' | 'revision'>) => Promise<StoredEvent | undefined>;
};

/** Returns the services that carry out commands. Only mutations may import this, see `.dependency-cruiser.cjs`. */
export function commandServices(context: Context): CommandServices {
  const { access, callWebhook, deliveries, importId, handler, organisations, persons, directory, events } =
    unscoped(context);
  return {
    ...{ access, callWebhook, deliveries, importId, organisations },
    plans: handler,
    forgetPerson: (request) => persons.forget(request),
    webhooksOf: (holderId) => directory.webhooksOf(holderId),
    chronicleId: events.chronicleId,
    written: async ({ stream, revision }) => (await events.readStream(stream, { from: revision, limit: 1 }))[0],
  };
}
