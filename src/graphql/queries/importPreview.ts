import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, Info, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { orUnread } from '../../application/importing.js';
import { revisionLines } from '../../documents/printing/revision.js';
import { type ReadingOrganisation, readingPart } from '../../domain/organisation/ownWordings.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { MAX_SHORT } from '../../domain/texts.js';
import { ColumnsInput, statedColumnsOf } from '../columns.js';
import type { Context } from '../context.js';
import { apiError, unreadDocument } from '../errors.js';
import { globalId, parseId } from '../ids.js';
import { PositionScalar } from '../scalars.js';
import { comparablePlan } from '../scope/corrections.js';
import { visiblePlan } from '../scope/plans.js';
import { selectedFields } from '../selected.js';
import { FILE_RULE, singleLineRule, Texts } from '../texts/rules.js';
import { inTurn, turnOf } from '../turns.js';
import { PreviewedPlanType, previewedPlanType } from '../types/previewedPlan.js';
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
  @Field(() => PreviewedPlanType, { description: 'The plan as it would be.' })
  plan!: PreviewedPlanType | null;
  @Field(() => String, { description: 'The same as a page to look through in a browser.' })
  asHtml!: string | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'What the document would change in the plan that is named, a sentence each: by `reviseDraft` in a draft, by `amendFromDocument` in an approved plan. Null when none is named.',
  })
  differences!: readonly string[] | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'What the document has otherwise, but no amendment changes: title, period and sections of an approved plan. Null when no plan is named.',
  })
  notAmendable!: readonly string[] | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The plan that the document was exported from: `importPreview` with this `planId` tells what it would change there. Null for another document.',
  })
  exportedFrom!: string | null;
}

@Resolver()
export class ImportPreviewQueries {
  @Texts({ fileName: singleLineRule(MAX_SHORT), content: FILE_RULE })
  @Query(() => ImportPreview, {
    description:
      'Reads a plan document and says what `importPlan`, `reviseDraft` or `amendFromDocument` would do with it.',
  })
  async importPreview(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('fileName', () => String, { description: 'Name of the file.' }) fileName: string,
    @Arg('content', () => String, { description: 'Its bytes in base64.' }) content: string,
    @Arg('planId', () => ID, { nullable: true, description: 'A plan to compare with.' }) planId?: string | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
    @Arg('columns', () => ColumnsInput, {
      nullable: true,
      description: 'Which columns are what, for a document whose headings are not those of a plan.',
    })
    columns?: ColumnsInput | null,
    @Arg('organisationId', () => ID, {
      nullable: true,
      description:
        'The organisation whose own wordings, school terms and working days are used; left out: that of the plan.',
    })
    organisationId?: string | null,
  ): Promise<ImportPreview> {
    await context.freshness.atLeast(atLeast);
    await context.fresh();
    const { documents } = context;
    const known = planId ? await comparedPlan(context, parseId(planId, 'plan').uuid) : null;
    const organisation = organisationId
      ? await namedOrganisation(context, organisationId)
      : await organisationOfPlan(context, known);
    const selected = selectedFields(info);
    const isCompared = selected.has('differences') || selected.has('notAmendable');
    const request = {
      bytes: Buffer.from(content, 'base64'),
      fileName,
      columns: statedColumnsOf(columns),
      structure: selected.has('structure'),
      html: selected.has('asHtml'),
      plan: selected.has('plan'),
      organisation,
      compareWith: known && isCompared ? comparablePlan(context, known) : null,
      hidesNames: !context.may('personalNames'),
    };
    const preview = await inTurn(orUnread(() => documents.preview(request, turnOf(context))));
    if ('problem' in preview) throw unreadDocument(fileName, preview);
    const { activityCount, questionCount, structure, html, plan, correction, exportedFrom } = preview;
    const lines = (changes: Parameters<typeof revisionLines>[1]) =>
      known && revisionLines(known, changes, (text) => context.names.print(text));
    const isHere = exportedFrom !== null && (await visiblePlan(context, exportedFrom)) !== undefined;
    return {
      activityCount,
      questionCount,
      structure: structure === null ? null : JSON.parse(structure),
      asHtml: html,
      exportedFrom: isHere ? globalId('plan', exportedFrom) : null,
      plan: plan && previewedPlanType(plan),
      differences: correction && lines(correction.changes),
      notAmendable: correction && lines(correction.notAmendable),
    };
  }
}

async function organisationOfPlan(context: Context, plan: ExistingPlan | null): Promise<ReadingOrganisation | null> {
  const id = plan?.details.organisationId;
  const owner = id ? await context.loaders.organisation.load(id) : undefined;
  return owner ? readingPart(owner) : null;
}

async function namedOrganisation(context: Context, id: string): Promise<ReadingOrganisation> {
  const found = await context.loaders.organisation.load(parseId(id, 'organisation').uuid);
  if (!found) throw apiError('NOT_FOUND', 'There is no such organisation.');
  return readingPart(found);
}

async function comparedPlan(context: Context, uuid: string): Promise<ExistingPlan> {
  const plan = await visiblePlan(context, uuid);
  if (!plan) throw apiError('NOT_FOUND', 'There is no such plan.');
  return plan;
}
