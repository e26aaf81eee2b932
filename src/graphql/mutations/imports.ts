import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { importRequest } from '../../application/importing.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { refuse } from '../../domain/refusal.js';
import { MAX_EXTERNAL_ID, MAX_SHORT } from '../../domain/texts.js';
import { ColumnsInput, statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { optionalUuid, parseId } from '../ids.js';
import { draftRevision } from '../scope/drafts.js';
import { visiblePlan } from '../scope/plans.js';
import { File, SingleLine } from '../texts/rules.js';
import { inTurn, turnOf } from '../turns.js';
import { commandServices } from './commands.js';
import { COMMAND, CommandInput, EXTERNAL_ID, PlanInput } from './inputs.js';
import { keyedPlanTarget, runKeyedCommand } from './keyed.js';
import { CommandPayload, RowsPayload } from './payloads.js';
import { refusedBy, runPlanCommand } from './run.js';

@InputType({ description: 'A plan document to import.' })
class ImportPlanInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: 'The organisation that keeps it; its time zone is the plan’s.' })
  organisationId?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Name of the file.' })
  fileName!: string;
  @File()
  @Field(() => String, {
    description:
      'The bytes of the docx, xlsx, odt, ods, rtf, doc, xls, html, csv or text file in base64; at most 10 MB unless the server is told otherwise.',
  })
  content!: string;
  @SingleLine(100)
  @Field(() => String, { nullable: true, description: 'IANA time zone; left out: that of the server.' })
  timeZone?: string | null;
  @Field(() => ColumnsInput, {
    nullable: true,
    description: 'Which columns are what, for a document that was refused since its headings are not those of a plan.',
  })
  columns?: ColumnsInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Makes a second plan although there is one: of this file, of this title and period in the organisation, or the one that the document was exported from.',
  })
  allowSecond?: boolean | null;
  @SingleLine(MAX_EXTERNAL_ID)
  @Field(() => String, EXTERNAL_ID)
  externalId?: string | null;
}

@InputType({ description: 'A corrected document to change a draft by.' })
class ReviseDraftInput extends PlanInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Name of the file.' })
  fileName!: string;
  @File()
  @Field(() => String, { description: 'Its bytes in base64, as for an import.' })
  content!: string;
  @Field(() => ColumnsInput, { nullable: true, description: 'Which columns are what, as for an import.' })
  columns?: ColumnsInput | null;
}

@InputType({ description: 'An import to give up.' })
class AbandonImportInput extends PlanInput {
  @SingleLine(100)
  @Field(() => String, { description: 'The commandId that began it.' })
  importCommandId!: string;
}

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
    const request = await importRequest(read, Buffer.from(content, 'base64'), fileName, zone, organisationId);
    if ('problem' in request) {
      throw apiError('BAD_USER_INPUT', `${fileName}: ${request.problem}`, { place: request.place });
    }
    const { sha256, command, plan, exportedFrom } = request;
    const keyed = await keyedPlanTarget(context, input, organisationId);
    const target = await commandServices(context).importTarget({
      ...{ sha256, plan, exportedFrom, organisationId, scope, principal, externalId },
      ...{ commandId: keyed.commandId, isRepeatable: input.commandId != null },
      allowsSecond: input.allowSecond ?? false,
    });
    if (target.kind === 'refused') return refusedBy(context, target.refusal, target.planId);
    const payload = { sha256, timeZone: timeZone ?? null, ...(externalId === null ? {} : { externalId }) };
    return runKeyedCommand(
      context,
      { ...keyed, planId: target.planId },
      Object.assign(circumstances, payload),
      (seal) => ({ ...command(seal), externalId }),
    );
  }

  @Mutation(() => RowsPayload, {
    description:
      'Changes a draft to what a corrected document says, by ordinary changes, all of them or none; `importPreview` tells which.',
  })
  async reviseDraft(@Ctx() context: Context, @Arg('input', () => ReviseDraftInput, COMMAND) input: ReviseDraftInput) {
    const { fileName, content, ...circumstances } = input;
    const { uuid } = parseId(input.planId, 'plan');
    const draft = await visiblePlan(context, uuid);
    if (!draft) return refusedBy(context, refuse('PLAN_NOT_FOUND', 'planId').refusal, uuid);
    const columns = statedColumnsOf(input.columns);
    const request = await draftRevision(context, draft, { bytes: Buffer.from(content, 'base64'), fileName, columns });
    if ('problem' in request) {
      throw apiError('BAD_USER_INPUT', `${fileName}: ${request.problem}`, { place: request.place });
    }
    return runPlanCommand(context, uuid, Object.assign(circumstances, { sha256: request.sha256 }), request.command);
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
