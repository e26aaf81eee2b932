import type { Logger } from 'pino';
import type { ResponseCache } from '../answers/answers.js';
import type { Moment } from '../answers/validity.js';
import type { Context } from '../context.js';
import type { Executed } from '../executor/executor.js';
import { type Answer, extended, refusal, resultText, statusOfResult } from './answer.js';
import type { Asked, CheckedOperation } from './document.js';
import { asGraphQLError } from './faults.js';
import { keep } from './keptAnswer.js';

/** What was asked, and where its answer may be kept. */
interface Question {
  readonly asked: Asked;
  readonly operation: CheckedOperation;
  readonly place: { readonly key: string; readonly moment: Moment } | undefined;
  /** Most that an operation may cost. */
  readonly maxCost: number;
}

/**
 * The last stage, whichever way the request came in: notes whose names were read, closes what was opened, says what of the answer is
 * stale and what it cost, and keeps it where that may be.
 *
 * @returns the answer, and the name of the question where the answer is kept.
 */
export async function ending(
  { cache, log }: { readonly cache: ResponseCache; readonly log: Logger },
  { asked, operation, place, maxCost }: Question,
  { data, errors }: Executed,
  context: Context,
): Promise<{ readonly answer: Answer; readonly question: string | undefined }> {
  try {
    await context.end();
  } catch (error) {
    // Names whose reading could not be noted are told to nobody.
    const reason = [asGraphQLError(error)];
    const answer = { ...refusal(reason, log), status: statusOfResult('null', reason) };
    return { answer, question: undefined };
  }
  const text = resultText(data, errors, log);
  const stale = staleIn(context);
  const damage = damageIn(context);
  const isKept = place && errors.length === 0 && stale === undefined && damage === undefined;
  const question = isKept ? await keep(cache, place, text, { known: operation.known, asked }, context) : undefined;
  const cost = asked.wantsCost ? costIn(operation, maxCost) : undefined;
  const extensions = { ...(stale && { stale }), ...(damage && { damage }), ...(cost && { cost }) };
  return { answer: { text: extended(text, extensions), status: statusOfResult(data, errors) }, question };
}

/** What an operation costs, as answers say it. */
export function costIn({ cost }: CheckedOperation, maxCost: number) {
  return { requested: cost, limit: maxCost };
}

/** Which of the read models that an answer came from are behind, so that nothing old passes for new. */
export function staleIn({ staleness }: Context) {
  if (staleness.length === 0) return undefined;
  return staleness.map(({ model, documents, sinceAt }) => ({
    code: 'QUARANTINED',
    readModel: model,
    documents,
    staleSince: sinceAt,
  }));
}

/** Says that the chronicle is damaged: what is read may lack what was recorded. Undefined where it is not. */
function damageIn({ writing }: Context) {
  return writing === 'OPEN' ? undefined : { code: 'CHRONICLE_DAMAGED', writing };
}
