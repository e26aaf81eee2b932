import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { extractHtml, extractText } from '../../documents/printing/extract.js';
import { type ExtractRow, extractOf, isMonth } from '../../domain/extract.js';
import { cutText } from '../../engine/readable.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId, parseId } from '../ids.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { visiblePlan } from '../scope/plans.js';
import { singleLineRule, Texts } from '../texts/rules.js';
import { DateWindow } from '../types/common.js';
import { FRESH } from './args.js';

@ObjectType('ExtractRow', { description: 'A row of a plan in a month.' })
class ExtractRowType {
  @Field(() => ID, { description: 'Id of the activity.' })
  activityId!: string;
  @Field(() => String, { nullable: true, description: 'Number as printed.' })
  number!: string | null;
  @Field(() => String, { description: 'The whole cell.' })
  text!: string;
  @Field(() => String, { description: 'Its timeframe as printed.' })
  timeframeText!: string;
  @Field(() => String, { description: 'Its responsible parties as printed.' })
  responsibleText!: string;
  @Field(() => [DateWindow], { description: 'Days of the month on which it is to be done.' })
  windows!: readonly DateWindow[];
  @Field(() => [DateScalar], { description: 'Last days in time that lie in the month.' })
  dueOn!: readonly string[];
}

@ObjectType({ description: 'A section with the rows that it has in a month.' })
class ExtractSection {
  @Field(() => String, { description: 'Number as printed.' })
  numberText!: string;
  @Field(() => String, { description: 'Title as printed.' })
  title!: string;
  @Field(() => [ExtractRowType], { description: 'Its rows in order.' })
  rows!: readonly ExtractRowType[];
}

@ObjectType('PlanExtract', { description: 'What of a plan there is to do in a month («план на октябрь»).' })
class PlanExtractType {
  @Field(() => String, { description: 'Title of the plan.' })
  title!: string;
  @Field(() => String, { description: 'The month, YYYY-MM.' })
  month!: string;
  @Field(() => Int, { description: 'Edition of the plan.' })
  edition!: number;
  @Field(() => [ExtractSection], { description: 'Sections that have such a row.' })
  sections!: readonly ExtractSection[];
  @Field(() => [ExtractRowType], { description: 'Rows without days: on demand, or by another document.' })
  undated!: readonly ExtractRowType[];
  @Field(() => String, { description: 'As plain text, cells parted by tabs.' })
  asText!: string;
  @Field(() => String, { description: 'As an HTML page to print.' })
  asHtml!: string;
}

@Resolver()
export class ExtractQueries {
  @Texts({ month: singleLineRule(7) })
  @Query(() => PlanExtractType, {
    nullable: true,
    description: 'What of a plan there is to do in a month; null when there is no such plan.',
  })
  async extract(
    @Ctx() context: Context,
    @Arg('planId', () => ID, { description: 'The plan.' }) planId: string,
    @Arg('month', () => String, { description: 'The month, YYYY-MM.' }) month: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<PlanExtractType | null> {
    await context.freshness.atLeast(atLeast);
    await context.fresh();
    if (!isMonth(month)) throw apiError('BAD_USER_INPUT', `«${cutText(month, 20)}» is no month: write it as 2020-10.`);
    const { uuid } = parseId(planId, 'plan');
    const plan = await visiblePlan(context, uuid);
    if (!plan) return null;
    const { print } = context.names;
    const extract = extractOf(plan, month);
    const rowOf = ({ responsible, activityId, ...row }: ExtractRow): ExtractRowType => ({
      ...row,
      activityId: globalId('activity', uuid, activityId),
      responsibleText: print(responsible),
    });
    return {
      ...extract,
      sections: extract.sections.map((section) => ({ ...section, rows: section.rows.map(rowOf) })),
      undated: extract.undated.map(rowOf),
      // Made only when they are selected.
      get asText() {
        return extractText(extract, print);
      },
      get asHtml() {
        return extractHtml(extract, print);
      },
    };
  }
}
