import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { importRequest } from '../../application/importing.js';
import { previewOf } from '../../documents/printing/preview.js';
import { previewPage } from '../../documents/printing/previewPage.js';
import { MAX_SHORT } from '../../domain/texts.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';
import { PositionScalar } from '../scalars.js';
import { draftDifferences } from '../scope/drafts.js';
import { FILE, lineOf, Texts } from '../texts/rules.js';
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
  asHtml!: string;
  @Field(() => [String], {
    nullable: true,
    description: 'What the document would change in the draft that is named, a sentence each; null when none is named.',
  })
  differences!: readonly string[] | null;
}

@Resolver()
export class ImportPreviewQueries {
  @Texts({ fileName: lineOf(MAX_SHORT), content: FILE })
  @Query(() => ImportPreview, {
    description: 'Reads a plan document and says what `importPlan`, or `reviseDraft` of a draft, would do with it.',
  })
  async importPreview(
    @Ctx() context: Context,
    @Arg('fileName', () => String, { description: 'Name of the file.' }) fileName: string,
    @Arg('content', () => String, { description: 'Its bytes in base64.' }) content: string,
    @Arg('planId', () => ID, { nullable: true, description: 'A draft to compare with.' }) planId?: string | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<ImportPreview> {
    await context.atLeast(atLeast);
    await context.fresh();
    const { readDocument, timeZone } = context;
    const read = await importRequest(readDocument, Buffer.from(content, 'base64'), fileName, timeZone);
    if ('problem' in read) {
      throw apiError('BAD_USER_INPUT', `${fileName}: ${read.problem}`, { place: read.place });
    }
    const { plan } = read;
    const structure = previewOf(plan);
    const rows = structure.sections.flatMap(({ activities }) => activities);
    const isAsked = ({ uncertain, timeframe }: (typeof rows)[number]) =>
      uncertain.length > 0 || timeframe.confidence === 'unknown' || timeframe.flags.includes('AMBIGUOUS');
    return {
      activityCount: rows.length,
      questionCount: rows.filter(isAsked).length,
      structure,
      asHtml: previewPage(structure),
      differences: planId ? await differences(parseId(planId, 'plan').uuid) : null,
    };

    async function differences(uuid: string): Promise<readonly string[]> {
      const draft = await context.planOf(uuid);
      if (!draft) throw apiError('NOT_FOUND', 'There is no such plan.');
      return draftDifferences(context, draft, plan);
    }
  }
}
