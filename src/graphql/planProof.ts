import type { FastifyInstance } from 'fastify';
import { type PlanProof, planProof } from '../application/proof/planProof.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { parseId } from './ids.js';
import { describedBy, queryNames, routeOperation, TEXT_SCHEMA } from './openapi/operation.js';
import { checkParameters, parameter, type RestHandlers, type UrlParameters } from './rest.js';
import { seenPlan } from './scope/plans.js';
import { proofsOf, versionOf } from './scope/system.js';

/**
 * Serves the proof of a plan as a page, `GET /plans/{plan}/proof.html`: its history in words, with the recorded events
 * and their proofs. `?names=true` shows names of persons, which are encrypted otherwise.
 */
export function servePlanProof(app: FastifyInstance, rest: RestHandlers): void {
  app.get<{ Params: { plan: string }; Querystring: UrlParameters }>(
    '/plans/:plan/proof.html',
    describedBy({ get: PLAN_PROOF }),
    rest('GET /plans/{plan}/proof.html', 'document', async (context, { params, query }) => {
      checkParameters(query, queryNames(PLAN_PROOF));
      const { uuid } = parseId(params.plan, 'plan');
      const { page, fileName } = await proofOfPlan(context, uuid, areNamesShown(query));
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'private, no-store',
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      };
      return { headers, content: Buffer.from(page) };
    }),
  );
}

const PLAN_PROOF = routeOperation({
  summary: 'The history of a plan in words, with its proofs',
  tag: 'Files',
  access: 'key',
  path: { plan: ['The id of a plan.', { type: 'string', pattern: '^plan_[0-9a-f-]+$' }] },
  query: { names: ['`true` shows names of persons; otherwise they are encrypted.', { enum: ['true', 'false'] }] },
  responses: { 200: ['The page, which `npx letopis verify --bundle` verifies.', { 'text/html': TEXT_SCHEMA }] },
});

function areNamesShown(query: UrlParameters): boolean {
  const names = parameter(query, 'names') ?? 'false';
  if (names !== 'true' && names !== 'false') throw apiError('BAD_USER_INPUT', 'names is true or false.');
  return names === 'true';
}

async function proofOfPlan(context: Context, planId: string, isShown: boolean): Promise<PlanProof> {
  if (isShown) context.demand('personalNames');
  const seen = await seenPlan(context, planId);
  if (!seen) throw apiError('NOT_FOUND', 'There is no such plan.');
  const proof = await planProof({
    planId,
    events: seen.events,
    proofs: proofsOf(context),
    version: versionOf(context),
    turn: () => context.turn(),
    namesOf: (names) => context.names.forProof(names, isShown),
  });
  if (!proof) throw apiError('UNAVAILABLE', 'The last events of the plan are not signed yet: ask again.');
  return proof;
}
