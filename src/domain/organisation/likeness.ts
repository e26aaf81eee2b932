import { normalName } from '../parties.js';

/** Legal forms of bodies, in full and abbreviated. They do not distinguish one body from another. */
const LEGAL_FORMS =
  /(?<![\p{L}\d])(?:мбу\s?до|мобу\s?до|мау\s?до|мку\s?до|мбоу|мобу|мкоу|маоу|моу|гбоу|гбу|мбу|мау|мку|(?:муниципальн|государственн)\p{L}* (?:общеобразовательн\p{L}* |образовательн\p{L}* )?(?:бюджетн|казенн|автономн)\p{L}* (?:общеобразовательн\p{L}* |образовательн\p{L}* )?(?:учреждени|организаци)\p{L}*(?: дополнительного образования(?: детей)?)?)(?![\p{L}\d])/gu;

/** Abbreviations of kinds of bodies with their full forms. */
const BODY_ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\d])(?:мб|ма|м|мк)?доу(?![\p{L}\d])/gu, 'детский сад'],
  [/(?<![\p{L}\d])сош(?![\p{L}\d])/gu, 'средняя общеобразовательная школа'],
  [/(?<![\p{L}\d])оош(?![\p{L}\d])/gu, 'основная общеобразовательная школа'],
  [/(?<![\p{L}\d])нош(?![\p{L}\d])/gu, 'начальная общеобразовательная школа'],
  [/(?<![\p{L}\d])рмо(?![\p{L}\d])/gu, 'районное методическое объединение'],
  [/(?<![\p{L}\d])шмо(?![\p{L}\d])/gu, 'школьное методическое объединение'],
  [/(?<![\p{L}\d])цвр(?![\p{L}\d])/gu, 'центр внешкольной работы'],
  [/(?<![\p{L}\d])им\.?(?![\p{L}\d])/gu, 'имени'],
];

/**
 * Returns what different wordings of the same body have in common: the name without quotation marks, case, legal form
 * and abbreviations. Letopis suggests that wordings with the same result are one party. A name that is only a prefix of
 * another name has a different result.
 */
export function likenessOf(key: string): string {
  const words = BODY_ABBREVIATIONS.reduce(
    (text, [short, long]) => text.replace(short, ` ${long} `),
    normalName(key).replace(LEGAL_FORMS, ' '),
  );
  const plain = words.replace(/[^\p{L}\d]+/gu, ' ').trim();
  return plain === '' ? normalName(key) : plain;
}
