import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { ReadWay } from '../access/readings.js';
import { cutText } from '../engine/readable.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { enter } from './guards.js';
import { doorOf } from './http/door.js';
import { asGraphQLError, publicError } from './request/faults.js';
import type { Requests } from './request.js';
import { textRefusal } from './texts/check.js';
import { textError } from './texts/error.js';
import { PARAMETER } from './texts/rules.js';

/** The query parameters of a URL. */
export type UrlParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

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

/** Returns the HTTP status of an error. */
export function httpStatus(extensions: GraphQLError['extensions'] | undefined): number {
  return STATUSES[String(extensions?.code)] ?? 400;
}

/**
 * Returns the handler of an address outside GraphQL. It applies the guard of the address and the budget of the caller.
 * Errors are JSON with the codes of the API.
 */
export function restHandler<Request extends FastifyRequest>(
  requests: Requests,
  address: string,
  way: ReadWay,
  answer: (context: Context, request: Request, reply: FastifyReply) => Promise<FastifyReply>,
) {
  return async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
    try {
      const visit = await requests.enter(doorOf(request, reply));
      const { budget } = requests.parts;
      // A paged file counts as an open operation until the client has received it.
      reply.raw.once('close', budget.operation(visit.budgetKey));
      return await budget.work(visit.budgetKey, visit.deadline, async () => {
        const context = requests.contextFor(visit, undefined, way);
        enter(context, address);
        return visit.deadline.race(answer(context, request, reply));
      });
    } catch (error) {
      const { log } = requests.parts;
      const { message, extensions } = publicError(asGraphQLError(error), log);
      return reply.code(httpStatus(extensions)).send({ error: { code: String(extensions?.code), message } });
    }
  };
}

/** Throws when the URL has an unknown parameter. @throws GraphQLError BAD_USER_INPUT */
export function checkParameters(query: UrlParameters, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw apiError('BAD_USER_INPUT', `There is no parameter ${cutText(unknown, 40)}: give ${known.join(', ')}.`);
}

/**
 * Returns the text of a parameter; null when it is missing or empty.
 *
 * @throws GraphQLError BAD_USER_INPUT for a parameter that is repeated, too long or unreadable.
 */
export function parameter(query: UrlParameters, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw apiError('BAD_USER_INPUT', `Give ${name} once.`);
  const fault = textRefusal(value, PARAMETER, name);
  if (fault) throw textError(fault, 'en');
  return value;
}
