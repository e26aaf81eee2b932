import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReadWay } from '../access/readings.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { enter } from './guards.js';
import { doorOf } from './http/door.js';
import { sendError } from './http/failures.js';
import type { Requests } from './request.js';
import { textRefusal } from './texts/check.js';
import { textError } from './texts/error.js';
import { PARAMETER } from './texts/rules.js';

/** The query parameters of a URL. */
export type UrlParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns the handler of an address outside GraphQL. It applies the guard of the address and the budget of the caller.
 * Errors are problem details (RFC 9457) with the codes of the API.
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
      return sendError(request, reply, error, requests.parts.log);
    }
  };
}

/** Throws when the URL has an unknown parameter. @throws GraphQLError BAD_USER_INPUT */
export function checkParameters(query: UrlParameters, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw apiError('BAD_USER_INPUT', `There is no parameter ${unknown.slice(0, 40)}: give ${known.join(', ')}.`);
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
