import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Authentication } from '../../access/authentication.js';
import type { Caller } from '../../access/principal.js';
import type { ResponseCache } from '../answers/answers.js';
import type { OwnWrites } from '../answers/ownWrites.js';
import type { Rates } from '../limits/rates.js';
import { languageOf } from '../request/language.js';
import { budgetKeyOf } from '../request/who.js';
import { addressOf, type TrustedProxies } from './address.js';
import { bearerToken } from './bearer.js';
import { AS_APOLLO, isPlainJson, type Questions } from './plain.js';
import { packedFor, varying } from './protection.js';

/** Longest body that the fast path reads, in bytes. */
const MAX_FAST_BODY = 16_384;

/** Dependencies of {@link front}. */
export interface FrontParts {
  readonly cache: ResponseCache;
  readonly ownWrites: OwnWrites;
  readonly questions: Questions;
  readonly authentication: Authentication;
  readonly rates: Rates;
  readonly isTrusted: TrustedProxies;
  /** Returns true while answers carry a warning. Then cached answers are not sent unchanged. */
  readonly isWarned: () => boolean;
  /** Headers of every response. */
  readonly headers: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/**
 * Returns a request listener that sends cached answers before the framework runs. It handles plain requests with a
 * known body, from a caller known by an API key, within the rate limit, while the cache entry is valid and answers
 * carry no warning. It never waits and sends no errors: every other request is passed to `next` unchanged.
 *
 * @param isOpen returns false when the server is shutting down.
 */
export function front(parts: FrontParts, next: RequestListener, isOpen: () => boolean): RequestListener {
  const lines = flatHeaders(parts.headers);
  const { questions, authentication, rates, log } = parts;
  // Responses of one turn of the event loop are sent together at its end. So the event loop is not interrupted between
  // two answers.
  let due: (() => void)[] = [];
  const flush = () => {
    const now = due;
    due = [];
    for (const go of now) go();
  };
  return (request, response) => {
    // During shutdown the framework answers and closes the connection.
    const size = isOpen() ? sizeForFront(request) : undefined;
    if (size === undefined) return next(request, response);
    // Only wait for the body of an authenticated caller. Other requests are rejected by their headers.
    const token = bearerToken(request.headers.authorization);
    const caller = authentication.callerByKey(token, request.socket);
    if (!caller) return next(request, response);
    const budgetKey = budgetKeyOf(token === '' ? undefined : caller, addressOf(request, parts.isTrusted));
    request.once('readable', () => {
      const body: unknown = request.readableLength === size ? request.read() : undefined;
      if (!Buffer.isBuffer(body)) return next(request, response);
      const text = body.toString();
      const given = caller.ended.aborted ? undefined : found(parts, { caller, budgetKey }, request, text);
      if (given) {
        if (due.length === 0) setImmediate(flush);
        due.push(() => {
          send(response, given, { lines, max: rates.max, encoding: request.headers['accept-encoding'] });
          if (log.isLevelEnabled('info')) log.info(ANSWERED, 'request completed');
        });
        return;
      }
      questions.pass(request, text);
      request.unshift(body);
      next(request, response);
    });
  };
}

const ANSWERED = { req: { method: 'POST', url: '/graphql' }, res: { statusCode: 200 } } as const;

/**
 * Returns the size of a body, in bytes. Undefined when the fast path must not handle the request: an unknown or large
 * size, another form of request, or a request of a browser.
 */
function sizeForFront({ method, url, headers }: IncomingMessage): number | undefined {
  if (url !== '/graphql' || !isPlainJson(method, headers)) return undefined;
  const size = Number(headers['content-length']);
  const fits = size > 0 && size <= MAX_FAST_BODY;
  const isOfProgram = headers.origin === undefined && headers.cookie === undefined;
  const isWhole = headers.expect === undefined && headers.host !== undefined;
  return fits && isOfProgram && isWhole ? size : undefined;
}

/** An authenticated caller, by an API key or anonymous, with the key of its budget. */
interface KnownCaller {
  readonly caller: Caller;
  readonly budgetKey: string;
}

/**
 * Returns the cached answer to a body, and counts the request. Undefined if there is no valid entry or the rate limit
 * is exceeded.
 */
function found(
  { cache, ownWrites, questions, rates, isWarned }: FrontParts,
  { caller, budgetKey }: KnownCaller,
  { headers }: IncomingMessage,
  body: string,
) {
  const question = questions.at(body);
  const moment = question && !isWarned() && ownWrites.areShownTo(budgetKey) ? cache.now() : undefined;
  if (!question || !moment) return undefined;
  const { role, scope } = caller.principal;
  const language = languageOf(headers['accept-language']);
  const answer = cache.at(question.keyFor({ role, scope, language }), moment);
  const rate = answer && rates.take(budgetKey);
  return rate && rate.count <= rates.max ? { answer, rate } : undefined;
}

function send(
  response: ServerResponse,
  { answer, rate }: NonNullable<ReturnType<typeof found>>,
  { lines, max, encoding }: { lines: FlatHeaders; max: number; encoding: string | string[] | undefined },
): void {
  const packed = packedFor(answer, encoding);
  const bytes = packed ?? answer.text;
  response.writeHead(200, [
    ...lines.common,
    ...(packed ? lines.packed : lines.asItIs),
    ...['ratelimit-limit', `${max}`, 'ratelimit-remaining', `${max - rate.count}`],
    ...['ratelimit-reset', `${Math.ceil(rate.left / 1_000)}`, 'content-length', `${bytes.length}`],
  ]);
  response.end(packed ?? answer.short ?? bytes, 'latin1');
}

type FlatHeaders = ReturnType<typeof flatHeaders>;

/** Returns the constant headers as flat name-value arrays, the fastest form for Node. */
function flatHeaders({ vary, ...others }: Readonly<Record<string, string>>) {
  return {
    common: Object.entries({ ...others, ...AS_APOLLO }).flat(),
    asItIs: vary === undefined ? [] : ['vary', vary],
    packed: ['content-encoding', 'gzip', 'vary', varying(vary)],
  };
}
