import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Visible } from '../answers/visibility.js';
import { keyFor } from '../request/cachedAnswers.js';

/** Headers of an answer, the same that Apollo sets. */
export const AS_APOLLO = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const;

/** Values of Accept for which the answer is plain JSON. */
const TAKES_JSON: readonly (string | undefined)[] = [undefined, '*/*', 'application/json'];

/** Returns true when a request sends JSON and accepts only plain JSON. */
export function isPlainJson(
  method: string | undefined,
  { accept, 'content-type': type }: IncomingHttpHeaders,
): boolean {
  const isJson = type === 'application/json' || /^application\/json; ?charset=utf-8$/i.test(type ?? '');
  return method === 'POST' && isJson && TAKES_JSON.includes(accept);
}

/** A question with the cache key memoized for the last access. */
class RepeatedRequest {
  #last: { readonly visible: Visible; readonly key: string } | undefined;

  constructor(readonly text: string) {}

  keyFor(visible: Visible): string {
    const { role, language, scope } = this.#last?.visible ?? {};
    if (this.#last && role === visible.role && language === visible.language && scope === visible.scope)
      return this.#last.key;
    this.#last = { visible, key: keyFor(this.text, visible) };
    return this.#last.key;
  }
}

const BODY_TEXT = Symbol('text of the body');

/** A request whose body was read before it was passed to the framework. */
interface PassedRequest extends IncomingMessage {
  [BODY_TEXT]?: string;
}

/** Capacity: the number of questions, and the sum of their characters. */
const MAX_KEPT_QUESTIONS = 10_000;
const MAX_CACHED_CHARACTERS = 4_000_000;

/**
 * Maps request bodies to questions. A body that was parsed and answered once needs no parsing when it is repeated
 * exactly.
 */
export class Questions {
  readonly #byText = new LRUCache<string, RepeatedRequest>({
    max: MAX_KEPT_QUESTIONS,
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: (question, text) => question.text.length + text.length,
  });

  /** Returns the question of a body; undefined when the body is not known. */
  at(text: string): RepeatedRequest | undefined {
    return this.#byText.get(text);
  }

  /** Remembers the body of a request that is passed to the framework. */
  pass(request: PassedRequest, text: string): void {
    request[BODY_TEXT] = text;
  }

  /** Records the question of a request that was answered and cached. The question is from `questionOf`. */
  learn(request: PassedRequest, question: string): void {
    const text = request[BODY_TEXT];
    if (text !== undefined) this.#byText.set(text, new RepeatedRequest(question));
  }
}
