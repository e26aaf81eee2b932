import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answer } from '../answers/answers.js';
import { answered } from '../answers/readPath.js';
import type { ContextFor } from '../rest.js';
import type { ReadingParts } from './apollo.js';
import { WORTH_PACKING } from './protection.js';

/** The plain shape of a request: whatever says more than this is not for the lane. */
const Plain = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  operationName: z.string().optional(),
});

/** A client that takes plain JSON and asks for no other form. */
const TAKES_JSON: readonly (string | undefined)[] = [undefined, '*/*', 'application/json'];

/**
 * The short way: queries in the exact plain shape, by a document that was asked before, are answered without Apollo, with
 * the same checks and in the same bytes.
 *
 * @returns undefined for whatever is not plain or does not succeed: Apollo answers that, also in words.
 */
export function lane({ documents, answers, limits }: ReadingParts, contextFor: ContextFor) {
  return async ({ method, body, headers }: FastifyRequest): Promise<Answer | undefined> => {
    if (method !== 'POST' || !isJson(headers['content-type']) || !TAKES_JSON.includes(headers.accept)) return undefined;
    const plain = Plain.safeParse(body);
    const known = plain.success ? documents.known(plain.data.query) : undefined;
    if (!plain.success || !known) return undefined;
    const { variables, operationName } = plain.data;
    const cost = known.costOf(variables, operationName);
    if (cost === 0 || cost > limits.maxCost) return undefined;
    try {
      const context = await contextFor(headers.authorization, headers['accept-language'], 'query');
      try {
        const answer = await answered(answers, { known, variables, operationName }, context);
        return answer && answer.text.length <= limits.maxAnswer ? answer : undefined;
      } finally {
        await context.end();
      }
    } catch {
      // Asked once more, it fails once more, in words.
      return undefined;
    }
  };
}

/** Sends an answer as Apollo would; one that is packed already goes out so, to who takes it. */
export function sendAnswer(reply: FastifyReply, { text, packed }: Answer): FastifyReply {
  reply.headers(AS_APOLLO);
  const accepted = reply.request.headers['accept-encoding'];
  if (!packed || text.length < WORTH_PACKING || !takesGzip(accepted)) return reply.send(text);
  return reply.headers(PACKED).send(packed());
}

const AS_APOLLO = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const;
const PACKED = { 'content-encoding': 'gzip', vary: 'accept-encoding' } as const;

function takesGzip(accepted: string | string[] | undefined): boolean {
  const text = String(accepted ?? '');
  return /\bgzip\b/.test(text) && !/gzip\s*;\s*q=0(\.0*)?\s*(,|$)/.test(text);
}

function isJson(type: string | undefined): boolean {
  return type === 'application/json' || /^application\/json; ?charset=utf-8$/i.test(type ?? '');
}
