import { type ResponseCache, responseCache } from '../answers/answers.js';
import { ChildListCache } from '../answers/lists.js';
import { OwnWrites } from '../answers/ownWrites.js';
import { Validity } from '../answers/validity.js';
import { Documents } from '../request/document.js';
import { schema } from '../schema.js';
import type { Services } from '../services.js';
import { Questions } from './plain.js';

/** State shared by the queries of all requests. */
interface ReadingParts {
  readonly questions: Questions;
  readonly documents: Documents;
  readonly cache: ResponseCache;
  readonly lists: ChildListCache;
  readonly ownWrites: OwnWrites;
}

/** Shares of the cache capacity for answers and for lists. */
const ANSWERS = 0.4;
const LISTS_SHARE = 1 - ANSWERS;

/** Returns the caches of a server, and what its callers wrote. */
export function readingParts({ limits, store, runner, clock }: Services): ReadingParts {
  const validity = new Validity(store, runner, clock);
  return {
    questions: new Questions(),
    documents: new Documents(schema(), limits),
    cache: responseCache(validity, limits.cacheBytes * ANSWERS),
    lists: new ChildListCache(validity, limits.cacheBytes * LISTS_SHARE),
    ownWrites: new OwnWrites(runner),
  };
}
