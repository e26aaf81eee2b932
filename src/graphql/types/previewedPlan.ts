import { Field, Int, ObjectType } from 'type-graphql';
import type { PreviewedActivity, PreviewedPlan } from '../../documents/previewedPlan.js';
import { DateScalar } from '../scalars.js';
import { TimeframeType } from './activity.js';
import { DateWindow, IrregularityType, irregularityType } from './common.js';
import { StampKindEnum } from './enums.js';

@ObjectType('PreviewedActivity', {
  description: 'A row of a document, as the activity that an import would make of it.',
})
class PreviewedActivityType {
  @Field(() => Int, { description: 'Its place among all rows of the document, from 1.' })
  row!: number;
  @Field(() => String, { nullable: true, description: 'Number as printed.' })
  number!: string | null;
  @Field(() => String, { description: 'Head of the cell without its sub-items.' })
  title!: string;
  @Field(() => [String], { description: 'Sub-items in order.' })
  subItems!: readonly string[];
  @Field(() => TimeframeType, { description: 'Its timeframe as it would be read.' })
  timeframe!: TimeframeType;
  @Field(() => String, { description: 'The responsible parties as printed.' })
  responsibleText!: string;
  @Field(() => Boolean, { description: 'Asks for a look: see reviewReasons and timeframe.alternatives.' })
  needsReview!: boolean;
  @Field(() => [IrregularityType], { description: 'What a human should look at in its text.' })
  reviewReasons!: readonly IrregularityType[];
}

@ObjectType('PreviewedSection', { description: 'A section of a document.' })
class PreviewedSectionType {
  @Field(() => String, { description: 'Number as printed; may be empty.' })
  numberText!: string;
  @Field(() => String, { description: 'Title; may be empty.' })
  title!: string;
  @Field(() => [PreviewedActivityType], { description: 'Its rows in order.' })
  activities!: readonly PreviewedActivityType[];
}

@ObjectType('PreviewedStamp', { description: 'A stamp printed on a document.' })
class PreviewedStampType {
  @Field(() => StampKindEnum, { description: 'What it says.' })
  kind!: string;
  @Field(() => String, { description: 'Its word as printed.' })
  marker!: string;
  @Field(() => String, { description: 'Post of the person who stamped.' })
  post!: string;
  @Field(() => String, { nullable: true, description: 'Organisation printed on the stamp, if any.' })
  organisation!: string | null;
  @Field(() => String, { nullable: true, description: 'Their name as printed.' })
  person!: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Null is «not stated».' })
  date!: string | null;
}

@ObjectType('PreviewedPlan', { description: 'A plan as an import of a document would make it.' })
export class PreviewedPlanType {
  @Field(() => String, { description: 'Title as printed.' })
  title!: string;
  @Field(() => String, { description: 'The unit that owns the plan.' })
  ownerUnit!: string;
  @Field(() => String, { nullable: true, description: 'The institution the unit belongs to.' })
  institution!: string | null;
  @Field(() => DateWindow, { nullable: true, description: 'Its period; null when the document names none.' })
  period!: DateWindow | null;
  @Field(() => String, { nullable: true, description: 'The period as printed.' })
  periodText!: string | null;
  @Field(() => [PreviewedStampType], { description: 'The printed stamps in order.' })
  stamps!: readonly PreviewedStampType[];
  @Field(() => [PreviewedSectionType], { description: 'Its sections in order.' })
  sections!: readonly PreviewedSectionType[];
  @Field(() => [IrregularityType], { description: 'What a human should look at in the document as a whole.' })
  reviewReasons!: readonly IrregularityType[];
}

/** Returns the GraphQL object of a previewed plan. */
export function previewedPlanType(plan: PreviewedPlan): PreviewedPlanType {
  return {
    ...plan,
    sections: plan.sections.map((section) => ({ ...section, activities: section.activities.map(previewedRow) })),
    reviewReasons: plan.reviewReasons.map(irregularityType),
  };
}

function previewedRow(activity: PreviewedActivity): PreviewedActivityType {
  return {
    ...activity,
    timeframe: new TimeframeType(activity.timeframe),
    reviewReasons: activity.reviewReasons.map(irregularityType),
  };
}
