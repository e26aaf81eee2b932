import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Authentication } from '../../access/authentication.js';
import type { Caller } from '../../access/principal.js';
import { languageOf } from '../../application/wordings.js';
import type { ResponseCache } from '../answers/answers.js';
import type { Rates } from '../limits/rates.js';
import { budgetKeyOf } from '../request/who.js';
import { addressOf, type TrustedProxies } from './address.js';
import { tokenOf } from './bearer.js';
import { AS_APOLLO, isPlain, type Questions } from './plain.js';
import { packedFor, varying } from './protection.js';

/** Longest body that is looked at here, in bytes. */
const MAX_BODY = 16_384;

export interface FrontParts {
  readonly cache: ResponseCache;
  readonly questions: Questions;
  readonly authentication: Authentication;
  readonly rates: Rates;
  readonly isTrusted: TrustedProxies;
  /** Given with each answer, whatever it is. */
  readonly headers: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/**
 * Stands in front of the framework and gives kept answers again: to a plain request whose body came before, word for word, of somebody who is
 * known by a key, within their rate. It waits for nothing and has no words of its own: whatever is otherwise, `next` answers
 * as if nobody stood here.
 *
 * @param isOpen false as soon as the server takes no connections any more.
 */
export function front(parts: FrontParts, next: RequestListener, isOpen: () => boolean): RequestListener {
  const lines = linesOf(parts.headers);
  const { questions, authentication, rates, log } = parts;
  // What is answered in one turn goes out together at its end: whoever waits for answers is woken once, and not between any two.
  let due: (() => void)[] = [];
  const flush = () => {
    const now = due;
    due = [];
    for (const go of now) go();
  };
  return (request, response) => {
    // Whoever still asks while the server ends is told so, and their connection is closed.
    const size = isOpen() ? sizeForFront(request) : undefined;
    if (size === undefined) return next(request, response);
    // The body is waited for only where the caller is known by now: others are refused by their headers.
    const token = tokenOf(request.headers.authorization);
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

/** The size of a body, in bytes, that is known and not too long; undefined for what other rules are for, such as those for pages of other origins. */
function sizeForFront({ method, url, headers }: IncomingMessage): number | undefined {
  if (url !== '/graphql' || !isPlain(method, headers)) return undefined;
  const size = Number(headers['content-length']);
  const fits = size > 0 && size <= MAX_BODY;
  return fits && headers.origin === undefined && headers.expect === undefined ? size : undefined;
}

/** A caller who is known by an API key, or who may come without one. */
interface Known {
  readonly caller: Caller;
  readonly budgetKey: string;
}

/** What may be given in answer to a body; undefined where there is nothing, or it may not be. */
function found(
  { cache, questions, rates }: FrontParts,
  { caller, budgetKey }: Known,
  { headers }: IncomingMessage,
  body: string,
) {
  const question = questions.at(body);
  const moment = question && cache.now();
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
  { lines, max, encoding }: { lines: Lines; max: number; encoding: string | string[] | undefined },
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

type Lines = ReturnType<typeof linesOf>;

/** The headers that are the same for all answers, names and values in turns, as Node takes them quickest. */
function linesOf({ vary, ...others }: Readonly<Record<string, string>>) {
  return {
    common: Object.entries({ ...others, ...AS_APOLLO }).flat(),
    asItIs: vary === undefined ? [] : ['vary', vary],
    packed: ['content-encoding', 'gzip', 'vary', varying(vary)],
  };
}
