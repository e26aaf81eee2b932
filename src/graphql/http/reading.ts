import { type ResponseCache, responseCache } from '../answers/answers.js';
import { KeptLists } from '../answers/lists.js';
import { Validity } from '../answers/validity.js';
import { Documents } from '../request/document.js';
import { schema } from '../schema.js';
import type { Services } from '../services.js';
import { Questions } from './plain.js';

/** What was worked out for requests before, and serves others. */
interface ReadingParts {
  readonly questions: Questions;
  readonly documents: Documents;
  readonly cache: ResponseCache;
  readonly lists: KeptLists;
}

/** The shares of what is kept that answers have, and the lists that they are made from. */
const ANSWERS = 0.4;
const LISTS = 1 - ANSWERS;

export function readingParts({ limits, store, runner, clock, events }: Services): ReadingParts {
  const validity = new Validity(store, runner, clock, () => events.damage().length > 0);
  return {
    questions: new Questions(),
    documents: new Documents(schema(), limits),
    cache: responseCache(validity, limits.kept * ANSWERS),
    lists: new KeptLists(validity, limits.kept * LISTS),
  };
}
