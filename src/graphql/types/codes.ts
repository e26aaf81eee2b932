import { GraphQLEnumType } from 'graphql';
import { registerEnumType } from 'type-graphql';
import { IRREGULARITIES } from '../../domain/irregularities.js';
import { EVENT_TYPES } from '../../domain/recorded.js';
import { REFUSAL_CODES } from '../../domain/refusal.js';
import { CONFIDENCES, TIMEFRAME_FLAGS } from '../../domain/schedule.js';
import { ERROR_KINDS } from '../errors.js';
import { enumOf } from './enums.js';

/** Registers a GraphQL enum whose names are the values. Returns the values by their names. */
function codesOf<T extends string>(values: readonly T[], name: string, description: string) {
  const entries = Object.fromEntries(values.map((value) => [value, value]));
  registerEnumType(entries, { name, description });
  return entries;
}

export const UserErrorCodeEnum = codesOf(REFUSAL_CODES, 'UserErrorCode', 'Why a command was refused.');
export const RefusedCodeEnum = codesOf(
  [...new Set([...REFUSAL_CODES, ...Object.keys(ERROR_KINDS)])],
  'RefusedCode',
  'Why a command or a query was refused: a code of `UserErrorCode` or of `ErrorCode`.',
);
export const EventTypeEnum = codesOf(EVENT_TYPES, 'EventType', 'Types of events: what can happen here.');
export const IrregularityCodeEnum = codesOf(
  Object.keys(IRREGULARITIES),
  'IrregularityCode',
  'What a reader of documents, or a copy of a plan, may notice.',
);
export const TimeframeFlagEnum = codesOf(TIMEFRAME_FLAGS, 'TimeframeFlag', 'Remarks on the reading of a timeframe.');
export const ConfidenceEnum = enumOf(CONFIDENCES, 'Confidence', 'How certain the reading of a wording is.');

/**
 * The codes of errors that are not refused commands. They are in `extensions`, which the schema does not describe, so no
 * field has this type; clients generate code from it.
 */
export const ERROR_CODE_ENUM = new GraphQLEnumType({
  name: 'ErrorCode',
  description: 'Codes of errors, in `extensions.code` of GraphQL errors and `code` of problem details.',
  values: Object.fromEntries(Object.entries(ERROR_KINDS).map(([code, { advice }]) => [code, { description: advice }])),
});
