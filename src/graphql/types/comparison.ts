import { Field, ID, ObjectType } from 'type-graphql';
import { wordDifferences } from '../../documents/printing/words.js';
import type { RowDifference } from '../../domain/comparison.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { PrintedRowType, printedRowType } from './edition.js';
import { EvidenceEnum, RowChangeEnum, TextChangeEnum } from './enums.js';
import { FieldChangeType } from './history.js';

@ObjectType('TextPart', { description: 'A part of a text that was taken out, put in, or stays.' })
export class TextPartType {
  @Field(() => String, { description: 'The part.' })
  text!: string;
  @Field(() => TextChangeEnum, { nullable: true, description: 'Null: it stays.' })
  change!: string | null;
}

@ObjectType('RowDifference', { description: 'A row that the two sides have differently.' })
export class RowDifferenceType {
  @Field(() => ID, { description: 'Id of the activity.' })
  activityId!: string;
  @Field(() => [RowChangeEnum], { description: 'What differs.' })
  changes!: readonly string[];
  @Field(() => PrintedRowType, { nullable: true, description: 'Null: there was no such row, or an excluded one.' })
  before!: PrintedRowType | null;
  @Field(() => PrintedRowType, { nullable: true, description: 'Null: there is none any more, or it is excluded.' })
  after!: PrintedRowType | null;
  @Field(() => [TextPartType], { description: 'Its wording, word by word; empty where a side has no row.' })
  wording!: readonly TextPartType[];
  @Field(() => EvidenceEnum, { nullable: true, description: 'What was known of the work.' })
  evidenceBefore!: string | null;
  @Field(() => EvidenceEnum, { nullable: true, description: 'What is known of it after.' })
  evidenceAfter!: string | null;
}

@ObjectType({ description: 'What differs between two times of a plan («было / стало»).' })
export class PlanComparison {
  @Field(() => [FieldChangeType], { description: 'What differs above the table: title, stamps, status, sections.' })
  fields!: readonly FieldChangeType[];
  @Field(() => [RowDifferenceType], { description: 'The rows that differ, in their order.' })
  rows!: readonly RowDifferenceType[];
  @Field(() => String, {
    description: 'The rows as plain text: what was taken out stands in [-…-], what was put in, in {+…+}.',
  })
  text!: string;
}

/** Returns the GraphQL object of a row that differs. */
export function rowDifferenceType(context: Context, planId: string, difference: RowDifference): RowDifferenceType {
  const { activityId, changes, before, after, evidence } = difference;
  return {
    activityId: globalId('activity', planId, activityId),
    changes,
    before: before && printedRowType(context, before),
    after: after && printedRowType(context, after),
    wording: before && after ? wordDifferences(before.text, after.text) : [],
    evidenceBefore: evidence.before,
    evidenceAfter: evidence.after,
  };
}
