import { fieldInWords } from '../documents/printing/fieldValues.js';
import { dayText, isLocalDate } from '../domain/dates.js';
import { type Bilingual, inBothLanguages, type Language, translation } from '../domain/language.js';
import { mapValues } from '../domain/objects.js';
import { numberInActivity } from '../domain/plan.js';
import type { Refusal } from '../domain/refusal.js';
import { REFUSAL_SENTENCES } from './refusalTexts.js';

/** The English sentence of each refusal, with its placeholders in braces. */
export const REFUSAL_TEMPLATES = mapValues(REFUSAL_SENTENCES, ([, english]) => english);

/** Returns the sentence of a refusal in a language. */
export function refusalSentence({ code, params }: Refusal, language: Language): string {
  return translation(REFUSAL_SENTENCES[code], language).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    if (NUMBERED_PARAMS.has(name)) return value.split(', ').map(numberInActivity).join(', ');
    if (WORDED_PARAMS.has(name)) return fieldInWords(name, [value], language).join('');
    return language === 'ru' && DAYS.has(name) && isLocalDate(value) ? dayText(value) : value;
  });
}

/**
 * Names of the parameters that are local ids. The API returns them as `relatedIds`; sentences print the number that
 * people know.
 */
const NUMBERED_PARAMS: ReadonlySet<string> = new Set(['point', 'points', 'report', 'request']);
/** Names of the parameters whose values are roles and statuses. */
const WORDED_PARAMS: ReadonlySet<string> = new Set(['role', 'status']);
/** Names of the parameters that are local days. */
const DAYS: ReadonlySet<string> = new Set(['date', 'from', 'start', 'end']);

/** Returns the sentence of a refusal in both languages, for callers of unknown language. */
export function refusalInBoth(refusal: Refusal): Bilingual {
  return inBothLanguages((language) => refusalSentence(refusal, language));
}
