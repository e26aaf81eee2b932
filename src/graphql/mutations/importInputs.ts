import { Field, ID, InputType, Int } from 'type-graphql';
import { MAX_EXTERNAL_ID, MAX_SHORT } from '../../domain/texts.js';
import { ColumnsInput } from '../columns.js';
import { File, SingleLine } from '../texts/rules.js';
import { CommandInput, EXTERNAL_ID, PlanInput, ScheduleInput } from './inputs.js';

@InputType({ description: 'What the timeframe of a row means: exactly one of `reading` and `schedule`.' })
export class RowReadingInput {
  @Field(() => Int, {
    description: 'The row: its place among all rows of the document, from 1, as in `importPreview`.',
  })
  row!: number;
  @Field(() => Int, {
    nullable: true,
    description:
      'A reading that `importPreview` lists: 0 for the proposed one, or the place of an alternative, from 1.',
  })
  reading?: number | null;
  @Field(() => ScheduleInput, { nullable: true, description: 'Another reading, stated by its author.' })
  schedule?: ScheduleInput | null;
}

@InputType({ description: 'A plan document to import.' })
export class ImportPlanInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: 'The organisation that owns it. The plan gets its time zone.' })
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
  @Field(() => [RowReadingInput], {
    nullable: true,
    description:
      'Timeframes whose meaning is settled with the import. The organisation keeps each for this wording in later documents.',
  })
  readings?: RowReadingInput[] | null;
}

@InputType({ description: 'A corrected document of a plan.' })
export class CorrectionInput extends PlanInput {
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Name of the file.' })
  fileName!: string;
  @File()
  @Field(() => String, { description: 'Its bytes in base64, as for an import.' })
  content!: string;
  @Field(() => ColumnsInput, { nullable: true, description: 'Which columns are what, as for an import.' })
  columns?: ColumnsInput | null;
}

@InputType({ description: 'A corrected document to change a draft by.' })
export class ReviseDraftInput extends CorrectionInput {}

@InputType({ description: 'A corrected document to amend an approved plan by, with the reason and the basis.' })
export class AmendFromDocumentInput extends CorrectionInput {}

@InputType({ description: 'An import to give up.' })
export class AbandonImportInput extends PlanInput {
  @SingleLine(100)
  @Field(() => String, { description: 'The commandId that began it.' })
  importCommandId!: string;
}
