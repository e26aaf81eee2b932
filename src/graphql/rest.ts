import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReadWay } from '../access/readings.js';
import { cutText } from '../engine/readable.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { enter } from './guards.js';
import { clientConnectionOf, identificationOf } from './http/door.js';
import { sendError } from './http/failures.js';
import { DAMAGE_HEADER } from './http/protection.js';
import { countUnreadResponse, disconnectWhenUnread } from './http/unread.js';
import { begunFile } from './pagedFile.js';
import { damageIn } from './request/warnings.js';
import type { Requests } from './request.js';
import { textRefusal } from './texts/check.js';
import { textError } from './texts/error.js';
import { PARAMETER } from './texts/rules.js';

/** The query parameters of a URL. */
export type UrlParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The answer of an address outside GraphQL. */
export interface RestAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** All bytes, or the texts of a file that is written while the client receives it. */
  readonly content: Buffer | AsyncGenerator<string>;
}

/** Returns the handler of an address outside GraphQL, for the guard of the address. */
export type RestHandlers = <Request extends FastifyRequest>(
  address: string,
  way: ReadWay,
  answer: (context: Context, request: Request) => Promise<RestAnswer>,
) => (request: Request, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * Returns the handlers of addresses outside GraphQL. They apply the guard of the address and the budget of the caller,
 * and end the context of the request. Errors are problem details (RFC 9457) with the codes of the API.
 */
export function restHandlers(requests: Requests): RestHandlers {
  return (address, way, answer) => async (request, reply) => {
    const { budget, ownWrites, log } = requests.parts;
    try {
      const visit = await requests.enter(identificationOf(requests, request), clientConnectionOf(reply));
      // A paged file counts as an open operation until the client has received it.
      reply.raw.once('close', budget.operation(visit.budgetKey));
      return await budget.work(visit.task, visit.deadline, async (share) => {
        await visit.deadline.race(ownWrites.shownTo(visit.budgetKey));
        const context = requests.contextFor(visit, way, { share });
        try {
          enter(context, address);
          const { headers, content } = await visit.deadline.race(ended(context, answer(context, request)));
          reply.headers({ ...headers, ...damageHeader(context) });
          if (Buffer.isBuffer(content)) countUnreadResponse(requests.parts, visit.budgetKey, reply.raw, content.length);
          else disconnectWhenUnread(requests.parts, reply.raw);
          return reply.send(content);
        } catch (error) {
          context.end().catch((cause: unknown) => log.error({ err: cause }, 'a failed request could not be ended'));
          throw error;
        }
      });
    } catch (error) {
      return sendError(request, reply, error, requests.parts.log);
    }
  };
}

/** Ends the context when an answer is complete, and returns the answer as it is sent. */
async function ended(context: Context, made: Promise<RestAnswer>) {
  const { headers, content } = await made;
  if (!Buffer.isBuffer(content)) return { headers, content: await begunFile(endedTexts(context, content)) };
  await context.end();
  return { headers, content };
}

/** Yields texts, each after its names were recorded and its rows dropped, and ends the context after the last one. */
async function* endedTexts(context: Context, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    for await (const text of texts) {
      await context.settle();
      yield text;
    }
  } finally {
    await context.end();
  }
}

/** Returns the response header that says that the event store is damaged, like `extensions.damage`. */
function damageHeader(context: Context): Readonly<Record<string, string>> {
  const damage = damageIn(context);
  return damage ? { [DAMAGE_HEADER]: `${damage.code}; writing=${damage.writing}` } : {};
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
