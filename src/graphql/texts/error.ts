import type { GraphQLError } from 'graphql';
import { refusalSentence } from '../../application/refusalSentences.js';
import type { Language } from '../../domain/language.js';
import type { Refusal } from '../../domain/refusal.js';
import { apiError } from '../errors.js';

/** Returns the error for an invalid text outside mutations. It names the argument and the reason. */
export function textError(refusal: Refusal, language: Language): GraphQLError {
  const { field, code } = refusal;
  return apiError('BAD_USER_INPUT', `${field}: ${refusalSentence(refusal, language)}`, {
    field: field?.split('.'),
    reason: code,
  });
}
