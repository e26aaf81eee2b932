import type { Context } from '../context.js';
import { unscoped } from '../scope/unscoped.js';
import type { Seen } from '../services.js';

/** The services that carry out commands. Each checks the command against the scope of its principal. */
export type CommandServices = Pick<Seen, 'access' | 'callWebhook' | 'deliveries' | 'importTarget'> & {
  readonly plans: Seen['handler'];
  readonly organisations: Seen['organisations'];
  readonly forgetPerson: Seen['persons']['forget'];
  readonly webhooksOf: Seen['directory']['webhooksOf'];
  readonly chronicleId: string;
  /** Reads an event that the command has just written. */
  readonly written: Seen['events']['eventAt'];
};

/** Returns the services that carry out commands. Only mutations may import this, see `.dependency-cruiser.cjs`. */
export function commandServices(context: Context): CommandServices {
  const { access, callWebhook, deliveries, importTarget, handler, organisations, persons, directory, events } =
    unscoped(context);
  return {
    ...{ access, callWebhook, deliveries, importTarget, organisations },
    plans: handler,
    forgetPerson: (request) => persons.forget(request),
    webhooksOf: (holderId) => directory.webhooksOf(holderId),
    chronicleId: events.chronicleId,
    written: (position) => events.eventAt(position),
  };
}
