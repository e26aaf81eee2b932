import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { amendmentCommand, importRequest, revisionCommand } from '../../application/importing.js';
import { revisionLines } from '../../documents/printing/revision.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { unreadDocument } from '../errors.js';
import { optionalUuid, parseId } from '../ids.js';
import { inTurn, turnOf } from '../turns.js';
import { commandServices } from './commands.js';
import { runCorrection } from './corrections.js';
import { AbandonImportInput, AmendFromDocumentInput, ImportPlanInput, ReviseDraftInput } from './importInputs.js';
import { COMMAND } from './inputs.js';
import { keepTimeframesAsOwn } from './keepAsOwn.js';
import { keyedPlanTarget, runKeyedCommand } from './keyed.js';
import { CommandPayload, RowsPayload } from './payloads.js';
import { chosenReading, refusedBy, runPlanCommand } from './run.js';

/** The mutations that read plan documents. */
@Resolver()
export class ImportMutations {
  @Mutation(() => CommandPayload, { description: 'Imports a plan document as a draft; its stamps are not confirmed.' })
  async importPlan(@Ctx() context: Context, @Arg('input', () => ImportPlanInput, COMMAND) input: ImportPlanInput) {
    const { fileName, content, timeZone, externalId = null, ...circumstances } = input;
    const zone = timeZone ?? context.timeZone;
    const { documents, principal, scope } = context;
    const organisationId = optionalUuid(input.organisationId, 'organisation');
    const columns = statedColumnsOf(input.columns);
    const read = (file: DocumentFile) => inTurn(documents.read({ ...file, columns }, turnOf(context)));
    const readings = (input.readings ?? []).map((each) => ({ row: each.row, reading: chosenReading(each) }));
    const bytes = Buffer.from(content, 'base64');
    const request = await importRequest(read, bytes, fileName, zone, organisationId, readings);
    if ('problem' in request) throw unreadDocument(fileName, request);
    const { sha256, command, plan, exportedFrom } = request;
    const keyed = await keyedPlanTarget(context, input, organisationId);
    const destination = await commandServices(context).importTarget({
      sha256,
      plan,
      exportedFrom,
      organisationId,
      scope,
      principal,
      externalId,
      commandId: keyed.commandId,
      isRepeatable: input.commandId != null,
      allowsSecond: input.allowSecond ?? false,
    });
    if (destination.kind === 'refused') return refusedBy(context, destination.refusal, destination.planId);
    const payload = { sha256, timeZone: timeZone ?? null, ...(externalId === null ? {} : { externalId }) };
    const given = Object.assign(circumstances, payload);
    const target = { ...keyed, planId: destination.planId };
    const imported = await runKeyedCommand(context, target, given, (seal) => ({ ...command(seal), externalId }));
    // An import gives its rows the ids a1, a2 … in the order of the document.
    const settled = readings.map(({ row }) => `a${row}`);
    if (imported.userErrors.length === 0) await keepTimeframesAsOwn(context, target.planId, settled, input);
    return imported;
  }

  @Mutation(() => RowsPayload, {
    description:
      'Changes a draft to what a corrected document says, by ordinary changes, all of them or none; `importPreview` tells which. The field `changes.3` of a refusal is its fourth difference.',
  })
  reviseDraft(@Ctx() context: Context, @Arg('input', () => ReviseDraftInput, COMMAND) input: ReviseDraftInput) {
    return runCorrection(context, input, (_, correction, seal) => revisionCommand(correction, seal));
  }

  @Mutation(() => RowsPayload, {
    description:
      'Amends an approved plan by what a corrected document says, all of it or nothing: the next edition. `importPreview` tells the changes. A row that the document lacks is excluded, rows keep their numbers, and a new row whose number is in use gets the next one. The field `changes.3` of a refusal is the fourth difference of `importPreview`.',
  })
  amendFromDocument(
    @Ctx() context: Context,
    @Arg('input', () => AmendFromDocumentInput, COMMAND) input: AmendFromDocumentInput,
  ) {
    return runCorrection(context, input, (plan, correction, seal) => {
      const sentences = revisionLines(plan, correction.notAmendable, (text) => context.names.print(text));
      return amendmentCommand(correction, sentences, seal);
    });
  }

  @Mutation(() => CommandPayload, {
    description: 'Gives up an import that was not finished, so that its file may be imported anew.',
  })
  abandonImport(@Ctx() context: Context, @Arg('input', () => AbandonImportInput, COMMAND) input: AbandonImportInput) {
    const { importCommandId } = input;
    const planId = parseId(input.planId, 'plan').uuid;
    return runPlanCommand(context, planId, input, () => ({ type: 'abandonImport', importCommandId }));
  }
}
