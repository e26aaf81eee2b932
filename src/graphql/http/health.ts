import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Writing } from '../../engine/eventstore/damage.js';
import { type AwayStore, awayStores } from '../context/health.js';
import { describedBy } from '../openapi/operation.js';
import { HEALTH } from '../openapi/others.js';
import type { Services } from '../services.js';

/** Tells whether a server is ready for requests. */
export interface ServerReadiness {
  /** Why the server is not ready; undefined when it is. */
  readonly problem: string | undefined;
  readonly writing: Writing;
}

/**
 * Serves the addresses below /health. They answer from what the process knows. `/health/ready` stays at 200 while a
 * store is away: all processes share the stores, so a load balancer would have no process left, and what needs no store
 * would fail too. The other two addresses are for a load balancer that can choose by kind of request.
 */
export function serveHealth(
  app: FastifyInstance,
  readiness: ServerReadiness,
  stores: Pick<Services, 'events' | 'store'>,
): void {
  const send = (reply: FastifyReply, problem: string | undefined) =>
    reply
      .code(problem === undefined ? 200 : 503)
      .send({ status: problem ?? 'ready', ...damage(readiness), ...failing(stores) });
  app.get('/health/live', describedBy({ get: HEALTH.live }), async () => ({ status: 'live' }));
  app.get('/health/ready', describedBy({ get: HEALTH.ready }), async (_, reply) => send(reply, readiness.problem));
  app.get('/health/commands', describedBy({ get: HEALTH.commands }), async (_, reply) => {
    const { commands } = failing(stores);
    const closed = readiness.writing === 'CLOSED' ? 'the chronicle is damaged' : undefined;
    return send(reply, readiness.problem ?? (commands && AWAY_STATUS[commands.code]) ?? closed);
  });
  app.get('/health/queries', describedBy({ get: HEALTH.queries }), async (_, reply) => {
    const { queries } = failing(stores);
    return send(reply, readiness.problem ?? (queries && AWAY_STATUS[queries.code]));
  });
}

const AWAY_STATUS: Readonly<Record<AwayStore['code'], string>> = {
  EVENT_STORE_AWAY: 'the event store does not answer',
  READ_STORE_AWAY: 'the read store does not answer',
};

function damage({ writing }: ServerReadiness) {
  return writing !== 'OPEN' && { damage: { code: 'CHRONICLE_DAMAGED', writing } };
}

/** Returns which kinds of requests fail, since when, and because of which store. */
function failing(stores: Pick<Services, 'events' | 'store'>) {
  const away = awayStores(stores);
  const queries = away.find(({ code }) => code === 'READ_STORE_AWAY');
  // Each command also reads keys of persons, which are stored with the read models.
  const commands = away.find(({ code }) => code === 'EVENT_STORE_AWAY') ?? queries;
  return { ...(commands && { commands }), ...(queries && { queries }) };
}
