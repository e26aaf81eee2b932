import { getOperationAST, OperationTypeNode } from 'graphql';
import type { Context } from '../context.js';
import { type Answer, type Answers, answerOf } from './answers.js';
import type { KnownDocument, Variables } from './documents.js';
import { type Visible, visibilityKey } from './visibility.js';

/** Variables that are longer than this, in characters, name no answer that is kept. */
const MAX_VARIABLES = 4_000;

/** An operation of a known document, as it was asked. */
export interface AskedQuery {
  readonly known: KnownDocument;
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

/**
 * The one way on which queries are answered: as they were before if nothing that they were read from has changed; else compiled;
 * else by graphql-js.
 *
 * @returns undefined for what is no query, and for what cannot be answered without a
 * word about it (an error, something stale): then graphql-js is to be asked, whose words are those of the API.
 */
export async function answered(answers: Answers, asked: AskedQuery, context: Context): Promise<Answer | undefined> {
  const { known, variables, operationName } = asked;
  // An answer that must be marked is made where marks are put.
  if (!isQuery(asked) || context.writing !== 'OPEN') return undefined;
  const place = await placeOf(answers, asked, context);
  const given = place && answers.at(place.key, place.moment);
  if (given) return given;
  const result = await context.quietly(() => known.run(context, variables, operationName)).catch(() => undefined);
  const { data, errors } = result ?? {};
  if (errors || !data || context.staleness.length > 0) return undefined;
  const text = Buffer.from(`{"data":${JSON.stringify(data)}}\n`);
  // Who was granted something meanwhile may have read more than what the key tells of.
  if (place && place.key === keyOf(asked, context)) {
    const now = await answers.begin();
    if (now) answers.keep(place.key, answerOf(text), { reads: context.reads, moment: place.moment }, now);
  }
  return { text, short: undefined, packed: undefined };
}

/** Whether it reads and does nothing else. */
export function isQuery({ known, operationName }: AskedQuery): boolean {
  return getOperationAST(known.document, operationName)?.operation === OperationTypeNode.QUERY;
}

/** Where an answer is kept, if it may be. */
async function placeOf(answers: Answers, asked: AskedQuery, context: Context) {
  const key = keyOf(asked, context);
  const moment = key === undefined ? undefined : await answers.begin();
  return key === undefined || moment === undefined ? undefined : { key, moment };
}

function keyOf(asked: AskedQuery, context: Context): string | undefined {
  const question = questionOf(asked);
  return question && keyFor(question, context);
}

/** What is asked, as a part of the key of an answer; undefined for what is not kept. */
export function questionOf({ known, variables, operationName }: AskedQuery): string | undefined {
  const given = JSON.stringify(variables ?? {});
  return given.length > MAX_VARIABLES ? undefined : JSON.stringify([known.id, operationName, given]);
}

/** The key of an answer: never who asks, but what they see and may. */
export function keyFor(question: string, visible: Visible): string {
  return `${visibilityKey(visible)} ${question}`;
}
