import type { Logger } from 'pino';
import type { ResponseCache } from '../answers/answers.js';
import type { ReadModelsState } from '../answers/validity.js';
import type { Context } from '../context.js';
import type { Deadline } from '../executor/deadline.js';
import type { ExecutedOperation } from '../executor/executor.js';
import { extended, type GraphQLAnswer, refusedAnswer, resultText, statusOfResult } from './answer.js';
import { cacheAnswer } from './cachedAnswers.js';
import type { CheckedOperation, GraphQLRequest } from './document.js';
import { asGraphQLError } from './faults.js';
import { warningsIn } from './warnings.js';

/** A request whose execution has ended. */
interface EndedRequest {
  readonly asked: GraphQLRequest;
  readonly operation: CheckedOperation;
  /** The cache key of the answer and the state before its first read; undefined when the answer must not be cached. */
  readonly place: { readonly key: string; readonly moment: ReadModelsState } | undefined;
  /** The time limit; undefined for operations that are never aborted. */
  readonly deadline: Deadline | undefined;
  /** The cost limit of an operation. */
  readonly maxCost: number;
}

/**
 * The last stage of every request. Records which names were read, closes the resources of the context, adds the
 * extensions, and caches the answer where allowed.
 *
 * @returns the response, and the name of the question if the answer was cached.
 */
export async function ending(
  { cache, log }: { readonly cache: ResponseCache; readonly log: Logger },
  { asked, operation, place, deadline, maxCost }: EndedRequest,
  { data, errors }: ExecutedOperation,
  context: Context,
): Promise<{ readonly answer: GraphQLAnswer; readonly question: string | undefined }> {
  const within = <T>(work: Promise<T>) => (deadline ? deadline.race(work) : work);
  try {
    await within(context.end());
  } catch (error) {
    // If the reading of names cannot be recorded in time, no names are sent.
    const reason = [asGraphQLError(error)];
    const answer = { ...refusedAnswer(reason, log), status: statusOfResult('null', reason) };
    return { answer, question: undefined };
  }
  const text = resultText(data, errors, log);
  const warnings = warningsIn(context);
  const isKept = place && errors.length === 0 && Object.keys(warnings).length === 0;
  const question = isKept
    ? await within(cacheAnswer(cache, place, text, { known: operation.known, asked }, context))
    : undefined;
  const cost = asked.wantsCost ? costIn(operation, maxCost) : undefined;
  const extensions = { ...warnings, ...(cost && { cost }) };
  return { answer: { text: extended(text, extensions), status: statusOfResult(data, errors) }, question };
}

/** Returns the cost of an operation in the form of `extensions.cost`. */
export function costIn({ cost }: CheckedOperation, maxCost: number) {
  return { requested: cost, limit: maxCost };
}
