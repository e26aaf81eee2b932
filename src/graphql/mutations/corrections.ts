import type { PlanCommand } from '../../domain/plan/catalogue.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { refuse } from '../../domain/refusal.js';
import type { Correction } from '../../domain/revision/amendment.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import { statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { unreadDocument } from '../errors.js';
import { parseId } from '../ids.js';
import { correctionBy } from '../scope/corrections.js';
import { visiblePlan } from '../scope/plans.js';
import type { CorrectionInput } from './importInputs.js';
import { refusedBy, runPlanCommand } from './run.js';

/**
 * Executes the command that changes a plan to the content of a corrected document.
 *
 * @throws GraphQLError BAD_USER_INPUT for a document that cannot be read.
 */
export async function runCorrection(
  context: Context,
  { fileName, content, columns, ...circumstances }: CorrectionInput,
  command: (plan: ExistingPlan, correction: Correction, seal: Seal) => PlanCommand,
) {
  const { uuid } = parseId(circumstances.planId, 'plan');
  const plan = await visiblePlan(context, uuid);
  if (!plan) return refusedBy(context, refuse('PLAN_NOT_FOUND', 'planId').refusal, uuid);
  const file = { bytes: Buffer.from(content, 'base64'), fileName, columns: statedColumnsOf(columns) };
  const request = await correctionBy(context, plan, file);
  if ('problem' in request) throw unreadDocument(fileName, request);
  const { sha256, correction } = request;
  // The differences were computed from this revision. If the plan has changed since, the command must be refused.
  const expectedRevision = circumstances.expectedRevision ?? plan.eventCount - 1;
  const given = { ...circumstances, expectedRevision, columns, sha256 };
  return runPlanCommand(context, uuid, given, (seal) => command(plan, correction, seal));
}
