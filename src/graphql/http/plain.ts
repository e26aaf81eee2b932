import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';

/** A client that takes plain JSON and asks for no other form. */
const TAKES_JSON: readonly (string | undefined)[] = [undefined, '*/*', 'application/json'];

/** Whether a request sends JSON and wants nothing else back. */
export function isPlain(method: string | undefined, { accept, 'content-type': type }: IncomingHttpHeaders): boolean {
  const isJson = type === 'application/json' || /^application\/json; ?charset=utf-8$/i.test(type ?? '');
  return method === 'POST' && isJson && TAKES_JSON.includes(accept);
}

/** Most questions that are known, and characters of all of them together. */
const MAX_QUESTIONS = 10_000;
const MAX_CHARACTERS = 4_000_000;

/**
 * Questions by the very text of a request's body: one that was read, checked and answered once needs none of that when it comes
 * again, word for word.
 */
export class Questions {
  readonly #byText = new LRUCache<string, string>({
    max: MAX_QUESTIONS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (question, text) => question.length + text.length,
  });
  readonly #texts = new WeakMap<object, string>();

  /** The question of a body; see questionOf. */
  at(text: string): string | undefined {
    return this.#byText.get(text);
  }

  /** Somebody else is to read this request, of which the body is this. */
  pass(request: object, text: string): void {
    this.#texts.set(request, text);
  }

  /** The body of a request was this question, and was answered. */
  learn(request: object, question: string | undefined): void {
    const text = this.#texts.get(request);
    if (text !== undefined && question !== undefined) this.#byText.set(text, question);
  }
}
