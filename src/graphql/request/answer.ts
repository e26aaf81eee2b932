import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { CachedAnswer } from '../answers/answers.js';
import { mayRetry, publicError, statusAsked } from './faults.js';

/** The response to a request. */
export interface GraphQLAnswer {
  /** The whole GraphQL result as JSON text. */
  readonly text: string;
  /** The HTTP status. */
  readonly status: number;
}

/** Returns the response to a request that is not executed. */
export function refusedAnswer(errors: readonly GraphQLError[], log: Logger): GraphQLAnswer {
  const [first] = errors;
  return {
    text: `{"errors":${JSON.stringify(errors.map((error) => publicError(error, log)))}}`,
    status: (first && statusAsked(first)) ?? (errors.some(mayRetry) ? 503 : 400),
  };
}

/** Returns a cached answer as a response, with these extensions. */
export function answerAgain({ text }: CachedAnswer, extensions: Readonly<Record<string, unknown>> = {}): GraphQLAnswer {
  return { text: extended(text.toString().trimEnd(), extensions), status: 200 };
}

/** Returns the JSON text of a result with `extensions` appended. */
export function extended(text: string, extensions: Readonly<Record<string, unknown>>): string {
  if (Object.keys(extensions).length === 0) return text;
  return `${text.slice(0, -1)},"extensions":${JSON.stringify(extensions)}}`;
}

/** Matches data whose root fields are all null. */
const NO_DATA = /^(null|\{("\w+":null,?)*\})$/;

/**
 * Returns the HTTP status of a result. It is 503 when a store is unavailable and there is no data, so that proxies and
 * clients retry.
 */
export function statusOfResult(data: string, errors: readonly GraphQLError[]): number {
  return errors.some(isAway) && NO_DATA.test(data) ? 503 : 200;
}

function isAway(error: GraphQLError): boolean {
  return error.extensions.code !== 'READ_MODEL_BEHIND' && mayRetry(error);
}

/** Returns the JSON text of a result: public errors, then the data. */
export function resultText(data: string, errors: readonly GraphQLError[], log: Logger): string {
  const told = errors.length === 0 ? '' : `"errors":${JSON.stringify(errors.map((error) => publicError(error, log)))},`;
  return `{${told}"data":${data}}`;
}
