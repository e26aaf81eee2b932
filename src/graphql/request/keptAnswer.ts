import { type CachedAnswer, cachedAnswer, type ResponseCache } from '../answers/answers.js';
import type { Moment } from '../answers/validity.js';
import { type Visible, visibilityKey } from '../answers/visibility.js';
import type { Context } from '../context.js';
import type { Asked, Documents, KnownDocument, Variables } from './document.js';

/** Variables that are longer than this, in characters, name no answer that is kept. */
const MAX_VARIABLES = 4_000;

/** Where the answer to a question is kept, and since when what it is read from counts. */
interface Place {
  readonly key: string;
  readonly moment: Moment;
}

/** The stage of kept answers: an answer that was given before and would be the same now. */
export async function keptAnswer(
  cache: ResponseCache,
  documents: Documents,
  asked: Asked,
  visible: Visible,
): Promise<CachedAnswer | undefined> {
  const known = documents.known(asked.query);
  const place = known && (await placeOf(cache, known, asked, visible));
  return place && cache.at(place.key, place.moment);
}

/** Where the answer to an operation may be kept; undefined where it may not. To be asked for before anything is read. */
export async function placeOf(
  cache: ResponseCache,
  known: KnownDocument,
  asked: Asked,
  visible: Visible,
): Promise<Place | undefined> {
  const question = known.isCacheable ? questionOf(known, asked) : undefined;
  if (question === undefined) return undefined;
  const key = keyFor(question, visible);
  const moment = await cache.begin();
  return moment && { key, moment };
}

/**
 * Keeps an answer to a query, unless it was read from something whose changes are not followed or that has changed meanwhile.
 *
 * @returns the name of the question; undefined where the answer is not kept.
 */
export async function keep(
  cache: ResponseCache,
  place: Place,
  text: string,
  question: { readonly known: KnownDocument; readonly asked: Asked },
  context: Context,
): Promise<string | undefined> {
  // Whoever was granted something meanwhile may have read more than the key says.
  const name = questionOf(question.known, question.asked);
  if (name === undefined || place.key !== keyFor(name, context)) return undefined;
  const now = await cache.begin();
  if (!now) return undefined;
  cache.keep(place.key, cachedAnswer(Buffer.from(`${text}\n`)), { reads: context.reads, moment: place.moment }, now);
  return name;
}

/** What is asked, as a part of the key of an answer; undefined for what is not kept. */
export function questionOf(
  known: KnownDocument,
  { variables, operationName }: { readonly variables: Variables; readonly operationName: string | undefined },
): string | undefined {
  const given = JSON.stringify(variables ?? {});
  return given.length > MAX_VARIABLES ? undefined : JSON.stringify([known.id, operationName, given]);
}

/** The key of an answer: never who asks, but what they see and may. */
export function keyFor(question: string, visible: Visible): string {
  return `${visibilityKey(visible)} ${question}`;
}
