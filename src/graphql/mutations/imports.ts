import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { importRequest } from '../../application/importing.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { unreadDocument } from '../errors.js';
import { optionalUuid, parseId } from '../ids.js';
import { inTurn, turnOf } from '../turns.js';
import { commandServices } from './commands.js';
import { AbandonImportInput, ImportPlanInput } from './importInputs.js';
import { COMMAND } from './inputs.js';
import { keepAllAsOwn } from './keepAsOwn.js';
import { keyedPlanTarget, runKeyedCommand } from './keyed.js';
import { CommandPayload } from './payloads.js';
import { chosenReading, refusedBy, runPlanCommand } from './run.js';

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
      ...{ sha256, plan, exportedFrom, organisationId, scope, principal, externalId },
      ...{ commandId: keyed.commandId, isRepeatable: input.commandId != null },
      allowsSecond: input.allowSecond ?? false,
    });
    if (destination.kind === 'refused') return refusedBy(context, destination.refusal, destination.planId);
    const payload = { sha256, timeZone: timeZone ?? null, ...(externalId === null ? {} : { externalId }) };
    const given = Object.assign(circumstances, payload);
    const target = { ...keyed, planId: destination.planId };
    const imported = await runKeyedCommand(context, target, given, (seal) => ({ ...command(seal), externalId }));
    if (imported.userErrors.length === 0) await keepAllAsOwn(context, target.planId, readings, input);
    return imported;
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
