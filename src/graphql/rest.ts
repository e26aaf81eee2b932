import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { ReadWay } from '../access/readings/readings.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { enter } from './guards.js';
import { doorOf } from './http/door.js';
import { asGraphQLError, publicError } from './request/faults.js';
import type { Requests } from './request.js';
import { faultOf } from './texts/check.js';
import { textError } from './texts/error.js';
import { PARAMETER } from './texts/rules.js';

/** The query of an address, parameter by parameter. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const STATUSES: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  UNAVAILABLE: 503,
  READ_MODEL_BEHIND: 503,
  TIMEOUT: 503,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
};

/** The status of an answer that is an error. */
export function statusOf(extensions: GraphQLError['extensions'] | undefined): number {
  return STATUSES[String(extensions?.code)] ?? 400;
}

/**
 * The handler of an address outside of GraphQL, guarded as the policy says and within the budget of its caller: its errors are JSON with
 * the codes of the API.
 */
export function answering<Request extends FastifyRequest>(
  requests: Requests,
  address: string,
  way: ReadWay,
  answer: (context: Context, request: Request, reply: FastifyReply) => Promise<FastifyReply>,
) {
  return async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      const visit = await requests.enter(doorOf(request, reply));
      const { budget } = requests.parts;
      // A file that is written page by page is open until its reader has it.
      reply.raw.once('close', budget.operation(visit.budgetKey));
      return await budget.work(visit.budgetKey, visit.deadline, async () => {
        const context = requests.contextFor(visit, undefined, way);
        enter(context, address);
        return visit.deadline.race(answer(context, request, reply));
      });
    } catch (error) {
      const { log } = requests.parts;
      const { message, extensions } = publicError(asGraphQLError(error), log);
      return reply.code(statusOf(extensions)).send({ error: { code: String(extensions?.code), message } });
    }
  };
}

/** @throws GraphQLError BAD_USER_INPUT when the address has a parameter that is none of these. */
export function checkParameters(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw apiError('BAD_USER_INPUT', `There is no parameter ${unknown.slice(0, 40)}: give ${known.join(', ')}.`);
}

/** The text of a parameter; null when it is not given. @throws GraphQLError BAD_USER_INPUT for one that is given twice, is too long or cannot be read. */
export function parameter(query: Query, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw apiError('BAD_USER_INPUT', `Give ${name} once.`);
  const fault = faultOf(value, PARAMETER, name);
  if (fault) throw textError(fault, 'en');
  return value;
}
