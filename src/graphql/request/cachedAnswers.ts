import { cachedAnswer, type ResponseCache } from '../answers/answers.js';
import type { ReadModelsState } from '../answers/validity.js';
import { type Visible, visibilityKey } from '../answers/visibility.js';
import type { Context } from '../context.js';
import type { GraphQLRequest, KnownDocument, RequestVariables } from './document.js';

/** Answers to requests with more characters of variables than this are not cached. */
const MAX_VARIABLES = 4_000;

/** The cache key of an answer, and the state of the read models before its first read. */
interface CachePlace {
  readonly key: string;
  readonly moment: ReadModelsState;
}

/**
 * Returns the cache key of an answer and the state before its first read; undefined if it must not be cached. Call this
 * before anything is read.
 */
export async function cachePlace(
  cache: ResponseCache,
  known: KnownDocument | undefined,
  asked: GraphQLRequest,
  visible: Visible,
): Promise<CachePlace | undefined> {
  const moment = known?.isCacheable ? await cache.begin() : undefined;
  if (!known || !moment) return undefined;
  const question = questionOf(known, asked);
  return question === undefined ? undefined : { key: keyFor(question, visible), moment };
}

/**
 * Caches the answer to a query, unless it is uncacheable or one of its dependencies has changed meanwhile.
 *
 * @returns the name of the question; undefined when the answer was not cached.
 */
export async function cacheAnswer(
  cache: ResponseCache,
  place: CachePlace,
  text: string,
  question: { readonly known: KnownDocument; readonly asked: GraphQLRequest },
  context: Context,
): Promise<string | undefined> {
  // A caller who was granted access in the meantime may have read more than the key allows.
  const name = questionOf(question.known, question.asked);
  if (name === undefined || place.key !== keyFor(name, context)) return undefined;
  const now = await cache.begin();
  if (!now) return undefined;
  cache.keep(place.key, cachedAnswer(Buffer.from(`${text}\n`)), { reads: context.reads, moment: place.moment }, now);
  return name;
}

/**
 * Returns the name of a question: the part of a cache key that does not depend on the caller. Undefined when the
 * variables are too long to cache.
 */
export function questionOf(
  known: KnownDocument,
  { variables, operationName }: { readonly variables: RequestVariables; readonly operationName: string | undefined },
): string | undefined {
  const given = JSON.stringify(variables ?? {});
  return given.length > MAX_VARIABLES ? undefined : JSON.stringify([known.id, operationName, given]);
}

/** Returns the cache key of an answer. It contains the access of the caller, not the caller. */
export function keyFor(question: string, visible: Visible): string {
  return `${visibilityKey(visible)} ${question}`;
}
