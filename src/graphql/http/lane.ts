import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answer } from '../answers/answers.js';
import { answered, questionOf } from '../answers/readPath.js';
import type { ContextFor } from '../rest.js';
import { AS_APOLLO, isPlain } from './plain.js';
import { packedFor, varying } from './protection.js';
import type { ReadingParts } from './reading.js';

/** The plain shape of a request: whatever says more than this is not for the lane. */
const Plain = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  operationName: z.string().optional(),
});

/**
 * The short way: queries in the exact plain shape, by a document that was asked before, are answered without Apollo, with
 * the same checks and in the same bytes.
 *
 * @returns undefined for whatever is not plain or does not succeed: Apollo answers that, also in words.
 */
export function lane({ questions, documents, answers, limits }: ReadingParts, contextFor: ContextFor) {
  return async ({ method, body, headers, raw }: FastifyRequest): Promise<Answer | undefined> => {
    if (!isPlain(method, headers)) return undefined;
    const plain = Plain.safeParse(body);
    const known = plain.success ? documents.known(plain.data.query) : undefined;
    if (!plain.success || !known) return undefined;
    const { variables, operationName } = plain.data;
    const cost = known.costOf(variables, operationName);
    if (cost === 0 || cost > limits.maxCost) return undefined;
    try {
      const context = await contextFor(headers.authorization, headers['accept-language'], 'query');
      try {
        const asked = { known, variables, operationName };
        const answer = await answered(answers, asked, context);
        if (!answer || answer.text.length > limits.maxAnswer) return undefined;
        questions.learn(raw, questionOf(asked));
        return answer;
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
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.headers(AS_APOLLO);
  const packed = packedFor(answer, reply.request.headers['accept-encoding']);
  if (!packed) return reply.send(answer.text);
  const vary = reply.getHeader('vary');
  const packing = { 'content-encoding': 'gzip', vary: varying(vary === undefined ? undefined : String(vary)) };
  return reply.headers(packing).send(packed);
}
