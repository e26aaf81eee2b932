import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { CachedAnswer } from '../answers/answers.js';
import { mayPass, publicError, statusAsked } from './faults.js';

/** What a request is answered with. */
export interface Answer {
  /** The whole result as JSON text. */
  readonly text: string;
  /** The status over HTTP. */
  readonly status: number;
}

/** The answer to what is not executed. */
export function refusal(errors: readonly GraphQLError[], log: Logger): Answer {
  const [first] = errors;
  return {
    text: `{"errors":${JSON.stringify(errors.map((error) => publicError(error, log)))}}`,
    status: (first && statusAsked(first)) ?? (errors.some(mayPass) ? 503 : 400),
  };
}

/** An answer that was given before. */
export function answerAgain({ text }: CachedAnswer, extensions: Readonly<Record<string, unknown>> = {}): Answer {
  return { text: extended(text.toString().trimEnd(), extensions), status: 200 };
}

/** A result with what is said beside it. */
export function extended(text: string, extensions: Readonly<Record<string, unknown>>): string {
  if (Object.keys(extensions).length === 0) return text;
  return `${text.slice(0, -1)},"extensions":${JSON.stringify(extensions)}}`;
}

/** Data of which every root field is null. */
const NO_DATA = /^(null|\{("\w+":null,?)*\})$/;

/** The status over HTTP of a result: 503 where it has no data because an engine is away, so that proxies and clients come again. */
export function statusOfResult(data: string, errors: readonly GraphQLError[]): number {
  return errors.some(isAway) && NO_DATA.test(data) ? 503 : 200;
}

function isAway(error: GraphQLError): boolean {
  return error.extensions.code !== 'READ_MODEL_BEHIND' && mayPass(error);
}

/** The text of a result: errors as callers may see them, then the data. */
export function resultText(data: string, errors: readonly GraphQLError[], log: Logger): string {
  const told = errors.length === 0 ? '' : `"errors":${JSON.stringify(errors.map((error) => publicError(error, log)))},`;
  return `{${told}"data":${data}}`;
}
