import type { Context } from '../context.js';
import { unscoped } from '../scope/unscoped.js';
import type { Seen } from '../services.js';

/** What carries commands out. Each part checks the principal of the command against its scope. */
export type CommandServices = Pick<Seen, 'access' | 'callWebhook' | 'deliveries' | 'importId'> & {
  readonly plans: Seen['handler'];
  readonly organisations: Seen['organisations'];
  readonly forgetPerson: Seen['persons']['forget'];
  readonly webhooksOf: Seen['directory']['webhooksOf'];
  readonly chronicleId: string;
  /** Reads back an event that the command has just written. */
  readonly written: Seen['events']['eventAt'];
};

/** Returns what carries commands out, for mutations only: see `.dependency-cruiser.cjs`. */
export function commandServices(context: Context): CommandServices {
  const { access, callWebhook, deliveries, importId, handler, organisations, persons, directory, events } =
    unscoped(context);
  return {
    ...{ access, callWebhook, deliveries, importId, organisations },
    plans: handler,
    forgetPerson: (request) => persons.forget(request),
    webhooksOf: (holderId) => directory.webhooksOf(holderId),
    chronicleId: events.chronicleId,
    written: (position) => events.eventAt(position),
  };
}
