import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { amendmentCommand } from '../../application/importing.js';
import { revisionLines } from '../../documents/printing/revision.js';
import { refuse } from '../../domain/refusal.js';
import { statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { unreadDocument } from '../errors.js';
import { parseId } from '../ids.js';
import { correctionBy } from '../scope/corrections.js';
import { AmendFromDocumentInput } from './importInputs.js';
import { COMMAND } from './inputs.js';
import { CommandPayload } from './payloads.js';
import { refusedBy, runPlanCommand } from './run.js';

@Resolver()
export class CorrectionMutations {
  @Mutation(() => CommandPayload, {
    description:
      'Amends an approved plan by what a corrected document says, all of it or nothing: the next edition. `importPreview` tells the changes. A row that the document lacks is excluded, rows keep their numbers, and a new row whose number is in use gets the next one.',
  })
  async amendFromDocument(
    @Ctx() context: Context,
    @Arg('input', () => AmendFromDocumentInput, COMMAND) input: AmendFromDocumentInput,
  ) {
    const { fileName, content, ...circumstances } = input;
    const { uuid } = parseId(input.planId, 'plan');
    const plan = await context.planOf(uuid);
    if (!plan) return refusedBy(context, refuse('PLAN_NOT_FOUND', 'planId').refusal, uuid);
    const columns = statedColumnsOf(input.columns);
    const request = await correctionBy(context, plan, { bytes: Buffer.from(content, 'base64'), fileName, columns });
    if ('problem' in request) throw unreadDocument(fileName, request);
    const { sha256, correction } = request;
    const beyond =
      correction.kind === 'amendment' ? revisionLines(plan, correction.beyond, context.print.bind(context)) : [];
    return runPlanCommand(context, uuid, Object.assign(circumstances, { sha256 }), (seal) =>
      amendmentCommand(correction, beyond, seal),
    );
  }
}
