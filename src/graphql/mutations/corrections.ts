import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { amendmentCommand, revisionCommand } from '../../application/importing.js';
import { revisionLines } from '../../documents/printing/revision.js';
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
import { AmendFromDocumentInput, type CorrectionInput, ReviseDraftInput } from './importInputs.js';
import { COMMAND } from './inputs.js';
import { RowsPayload } from './payloads.js';
import { refusedBy, runPlanCommand } from './run.js';

@Resolver()
export class CorrectionMutations {
  @Mutation(() => RowsPayload, {
    description:
      'Changes a draft to what a corrected document says, by ordinary changes, all of them or none; `importPreview` tells which.',
  })
  reviseDraft(@Ctx() context: Context, @Arg('input', () => ReviseDraftInput, COMMAND) input: ReviseDraftInput) {
    return runCorrection(context, input, (_, correction, seal) => revisionCommand(correction, seal));
  }

  @Mutation(() => RowsPayload, {
    description:
      'Amends an approved plan by what a corrected document says, all of it or nothing: the next edition. `importPreview` tells the changes. A row that the document lacks is excluded, rows keep their numbers, and a new row whose number is in use gets the next one.',
  })
  amendFromDocument(
    @Ctx() context: Context,
    @Arg('input', () => AmendFromDocumentInput, COMMAND) input: AmendFromDocumentInput,
  ) {
    return runCorrection(context, input, (plan, correction, seal) => {
      const beyond = correction.kind === 'amendment' ? correction.beyond : [];
      const sentences = revisionLines(plan, beyond, (text) => context.names.print(text));
      return amendmentCommand(correction, sentences, seal);
    });
  }
}

/**
 * Gives the command that changes a plan to what a corrected document says.
 *
 * @throws GraphQLError BAD_USER_INPUT for a document that cannot be read.
 */
async function runCorrection(
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
  const given = { ...circumstances, columns, sha256 };
  return runPlanCommand(context, uuid, given, (seal) => command(plan, correction, seal));
}
