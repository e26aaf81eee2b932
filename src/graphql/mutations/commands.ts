import type { StoredEvent } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';
import { unscoped } from '../scope/unscoped.js';
import type { ContextServices } from '../services.js';

/** The services that carry out commands. Each checks the command against the scope of its principal. */
export type CommandServices = Pick<
  ContextServices,
  'access' | 'callWebhook' | 'deliveries' | 'importTarget' | 'newPlanTarget'
> & {
  readonly plans: ContextServices['handler'];
  readonly organisations: ContextServices['organisations'];
  readonly forgetPerson: ContextServices['persons']['forget'];
  readonly webhooksOf: ContextServices['directory']['webhooksOf'];
  readonly chronicleId: string;
  /** Reads an event that the command has just written. */
  readonly written: (event: Pick<StoredEvent, 'stream' | 'revision'>) => Promise<StoredEvent | undefined>;
};

/** Returns the services that carry out commands. Only mutations may import this, see `.dependency-cruiser.cjs`. */
export function commandServices(context: Context): CommandServices {
  const {
    access,
    callWebhook,
    deliveries,
    importTarget,
    newPlanTarget,
    handler,
    organisations,
    persons,
    directory,
    events,
  } = unscoped(context);
  return {
    access,
    callWebhook,
    deliveries,
    importTarget,
    newPlanTarget,
    organisations,
    plans: handler,
    forgetPerson: (request) => persons.forget(request),
    webhooksOf: (holderId) => directory.webhooksOf(holderId),
    chronicleId: events.chronicleId,
    written: async ({ stream, revision }) => (await events.readStream(stream, { from: revision, limit: 1 }))[0],
  };
}
