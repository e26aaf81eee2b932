import type { GraphQLResolveInfo } from 'graphql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ExplainedComparison } from '../../application/comparing.js';
import { comparisonText } from '../../documents/printing/comparison.js';
import { wordDifferences } from '../../documents/printing/words.js';
import type { RowDifference } from '../../domain/comparison.js';
import { auditBody } from '../../projections/auditTrail.js';
import type { Change } from '../../projections/model.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { selectedFields } from '../selected.js';
import { PrintedRowType, printedRowType } from './edition.js';
import { EvidenceEnum, RowChangeEnum, TextChangeEnum } from './enums.js';
import { AuditEntry, entryType, FieldChangeType, fieldChangeType } from './history.js';

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
  @Field(() => [AuditEntry], {
    description: 'Who changed the row between the two sides, when, why and on what order; oldest first.',
  })
  entries!: readonly AuditEntry[];
}

@ObjectType({ description: 'What differs between two times of a plan («было / стало»).' })
export class PlanComparison {
  @Field(() => [FieldChangeType], { description: 'What differs above the table: title, stamps, status, sections.' })
  fields!: readonly FieldChangeType[];
  @Field(() => [AuditEntry], { description: 'Who changed these fields, when, why and on what order; oldest first.' })
  entries!: readonly AuditEntry[];
  @Field(() => [RowDifferenceType], { description: 'The rows that differ, in their order.' })
  rows!: (args: unknown, context: Context, info: GraphQLResolveInfo) => Promise<readonly RowDifferenceType[]>;
  @Field(() => Int, {
    description:
      'How many entries of the trail between the two sides made none of these differences: requests to reschedule and decisions on them, steps of reports, progress, notices, and changes that were taken back.',
  })
  notCompared!: number;
  @Field(() => String, {
    description: 'The rows as plain text: what was taken out stands in [-…-], what was put in, in {+…+}.',
  })
  text!: () => Promise<string>;
}

/**
 * Returns the GraphQL object of a comparison. The rows, their wordings and the text are computed when they are
 * selected, with a turn for each row, because comparing two long texts takes milliseconds.
 */
export function comparisonType(
  context: Context,
  planId: string,
  { comparison, ofFields, ofRows }: ExplainedComparison,
): PlanComparison {
  const { fields, differences, notCompared } = comparison;
  const entriesOf = (changes: readonly Change[] = []) => changes.map((change) => entryType(context, auditBody(change)));
  return {
    fields: fields.map((change) => fieldChangeType(context, change)),
    notCompared,
    get entries() {
      return entriesOf(ofFields);
    },
    async rows(_args, _context, info) {
      const withWording = selectedFields(info).has('wording');
      const rows: RowDifferenceType[] = [];
      for (const difference of differences) {
        await context.turn();
        rows.push({
          ...rowDifferenceType(context, planId, difference, withWording),
          entries: entriesOf(ofRows.get(difference.activityId)),
        });
      }
      return rows;
    },
    text: () => comparisonText(comparison, context.names.print, () => context.turn()),
  };
}

function rowDifferenceType(
  context: Context,
  planId: string,
  difference: RowDifference,
  withWording: boolean,
): Omit<RowDifferenceType, 'entries'> {
  const { activityId, changes, before, after, evidence } = difference;
  return {
    activityId: globalId('activity', planId, activityId),
    changes,
    before: before && printedRowType(context, before),
    after: after && printedRowType(context, after),
    wording: withWording && before && after ? wordDifferences(before.text, after.text) : [],
    evidenceBefore: evidence.before,
    evidenceAfter: evidence.after,
  };
}
