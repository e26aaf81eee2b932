import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Visible } from '../answers/visibility.js';
import { keyFor } from '../request/keptAnswer.js';

/** The headers of an answer to it, as Apollo gives them. */
export const AS_APOLLO = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const;

/** A client that takes plain JSON and asks for no other form. */
const TAKES_JSON: readonly (string | undefined)[] = [undefined, '*/*', 'application/json'];

/** Whether a request sends JSON and wants nothing else back. */
export function isPlain(method: string | undefined, { accept, 'content-type': type }: IncomingHttpHeaders): boolean {
  const isJson = type === 'application/json' || /^application\/json; ?charset=utf-8$/i.test(type ?? '');
  return method === 'POST' && isJson && TAKES_JSON.includes(accept);
}

/** A question, of which the key of its answer is known to who saw and might the same as whoever asked last. */
class Question {
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

/** Most questions that are known, and characters of all of them together. */
const MAX_QUESTIONS = 10_000;
const MAX_CHARACTERS = 4_000_000;

/**
 * Questions by the very text of a request's body: one that was read, checked and answered once needs none of that when it comes
 * again, word for word.
 */
export class Questions {
  readonly #byText = new LRUCache<string, Question>({
    max: MAX_QUESTIONS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (question, text) => question.text.length + text.length,
  });
  readonly #texts = new WeakMap<object, string>();

  /** The question of a body. */
  at(text: string): Question | undefined {
    return this.#byText.get(text);
  }

  /** Somebody else is to read this request, of which the body is this. */
  pass(request: object, text: string): void {
    this.#texts.set(request, text);
  }

  /** The body of a request was this question, as questionOf has it, and was answered. */
  learn(request: object, question: string | undefined): void {
    const text = this.#texts.get(request);
    if (text !== undefined && question !== undefined) this.#byText.set(text, new Question(question));
  }
}
