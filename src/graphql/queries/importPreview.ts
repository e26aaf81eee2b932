import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, Info, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { orUnread } from '../../application/importing.js';
import { revisionLines } from '../../documents/printing/revision.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { MAX_SHORT } from '../../domain/texts.js';
import { ColumnsInput, statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId, parseId } from '../ids.js';
import { PositionScalar } from '../scalars.js';
import { comparableDraft } from '../scope/drafts.js';
import { visiblePlan } from '../scope/plans.js';
import { selectedFields } from '../selected.js';
import { FILE_RULE, lineOf, Texts } from '../texts/rules.js';
import { inTurn, turnOf } from '../turns.js';
import { FRESH } from './args.js';

@ObjectType({ description: 'What an import of a document would create; nothing is created.' })
class ImportPreview {
  @Field(() => Int, { description: 'Rows that would be activities.' })
  activityCount!: number;
  @Field(() => Int, {
    description: 'Rows with a question: an unsure reading, or something noticed that a human should look at.',
  })
  questionCount!: number;
  @Field(() => GraphQLJSON, {
    description: 'Title, period, stamps, sections and rows with what was understood and noticed.',
  })
  structure!: unknown;
  @Field(() => String, { description: 'The same as a page to look through in a browser.' })
  asHtml!: string | null;
  @Field(() => [String], {
    nullable: true,
    description: 'What the document would change in the draft that is named, a sentence each; null when none is named.',
  })
  differences!: readonly string[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The plan that the document was exported from: `importPreview` with this `planId` tells what `reviseDraft` would change in it. Null for another document.',
  })
  exportedFrom!: string | null;
}

@Resolver()
export class ImportPreviewQueries {
  @Texts({ fileName: lineOf(MAX_SHORT), content: FILE_RULE })
  @Query(() => ImportPreview, {
    description: 'Reads a plan document and says what `importPlan`, or `reviseDraft` of a draft, would do with it.',
  })
  async importPreview(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('fileName', () => String, { description: 'Name of the file.' }) fileName: string,
    @Arg('content', () => String, { description: 'Its bytes in base64.' }) content: string,
    @Arg('planId', () => ID, { nullable: true, description: 'A draft to compare with.' }) planId?: string | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
    @Arg('columns', () => ColumnsInput, {
      nullable: true,
      description: 'Which columns are what, for a document whose headings are not those of a plan.',
    })
    columns?: ColumnsInput | null,
  ): Promise<ImportPreview> {
    await context.freshness.atLeast(atLeast);
    await context.fresh();
    const { documents } = context;
    const draft = planId ? await draftOf(context, parseId(planId, 'plan').uuid) : null;
    const selected = selectedFields(info);
    const request = {
      ...{ bytes: Buffer.from(content, 'base64'), fileName, columns: statedColumnsOf(columns) },
      structure: selected.has('structure'),
      html: selected.has('asHtml'),
      draft: draft && selected.has('differences') ? comparableDraft(context, draft) : null,
      hidesNames: !context.may('personalNames'),
    };
    const preview = await inTurn(orUnread(() => documents.preview(request, turnOf(context))));
    if ('problem' in preview) {
      throw apiError('BAD_USER_INPUT', `${fileName}: ${preview.problem}`, { place: preview.place });
    }
    const { activityCount, questionCount, structure, html, changes, exportedFrom } = preview;
    const isKnown = exportedFrom !== null && (await visiblePlan(context, exportedFrom)) !== undefined;
    return {
      ...{ activityCount, questionCount },
      structure: structure === null ? null : JSON.parse(structure),
      asHtml: html,
      exportedFrom: isKnown ? globalId('plan', exportedFrom) : null,
      differences: draft && changes && revisionLines(draft, changes, (text) => context.names.print(text)),
    };
  }
}

async function draftOf(context: Context, uuid: string): Promise<ExistingPlan> {
  const draft = await visiblePlan(context, uuid);
  if (!draft) throw apiError('NOT_FOUND', 'There is no such plan.');
  return draft;
}
