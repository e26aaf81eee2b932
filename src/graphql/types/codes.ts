import { GraphQLEnumType } from 'graphql';
import { REFUSAL_TEMPLATES } from '../../application/refusalSentences.js';
import { IRREGULARITY_WORDS } from '../../documents/printing/noticed.js';
import type { IrregularityCode } from '../../domain/irregularities.js';
import { mapValues } from '../../domain/objects.js';
import type { RefusalCode } from '../../domain/refusal.js';
import type { TimeframeFlag } from '../../domain/schedule.js';
import { ERROR_KINDS, type ErrorCode } from '../errors.js';
import { codesOf } from './enumOf.js';

const ERROR_ADVICE = mapValues(ERROR_KINDS, ({ advice }) => advice);

export const UserErrorCodeEnum = codesOf<RefusalCode>(
  'UserErrorCode',
  'Why a command was refused. Each code is described by its message; what stands in braces differs from case to case.',
  REFUSAL_TEMPLATES,
);
export const RefusedCodeEnum = codesOf<RefusalCode | ErrorCode>(
  'RefusedCode',
  'Why a command or a query was refused: a code of `UserErrorCode` or of `ErrorCode`.',
  { ...ERROR_ADVICE, ...REFUSAL_TEMPLATES },
);
export const IrregularityCodeEnum = codesOf<IrregularityCode>(
  'IrregularityCode',
  'What a reader of documents, or a copy of a plan, may notice.',
  mapValues(IRREGULARITY_WORDS, ([, english]) => `${english}.`),
);
export const TimeframeFlagEnum = codesOf<TimeframeFlag>('TimeframeFlag', 'Remarks on the reading of a timeframe.', {
  AMBIGUOUS: 'It has other possible meanings: see `alternatives`.',
  OUTSIDE_PERIOD: 'Some of its days are outside the period of the plan.',
  YEAR_ASSUMED: 'Its year is not printed and was assumed.',
  NONSTANDARD_ORDINAL: 'An ordinal number is written in an unusual way.',
  NO_SPACE_BEFORE_YEAR: 'The word for «year» follows the number without a space.',
  COUNTED_NOUN: 'It counts a named thing, such as issues of a leaflet.',
  CUT_PERIODS: 'The ends of the plan may cut its quarters or weeks.',
  SUMMER_OCCURRENCES: 'It repeats every month, also in July and August of a school year.',
  PERIOD_MISSING: 'It cannot be read without the period of the plan.',
  DUE_AFTER_PERIOD: 'It is due after the end of the plan.',
  DETAIL_LEFT: 'A detail of the wording is not in the schedule.',
  RESIDUE_LEFT: 'Some words are no time: see `residue`.',
  NOT_UNDERSTOOD: 'It is not understood.',
});

/**
 * The codes of errors that are not refused commands. No field has this type, because `extensions` are not part of the
 * schema; clients generate code from it.
 */
export const ERROR_CODE_ENUM = new GraphQLEnumType({
  name: 'ErrorCode',
  description: 'Codes of errors, in `extensions.code` of GraphQL errors and `code` of problem details.',
  values: mapValues(ERROR_ADVICE, (description) => ({ description })),
});
