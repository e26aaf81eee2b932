import { z } from 'zod';
import { dayText } from '../domain/dates.js';
import type { Bilingual, Language } from '../domain/language.js';

/** Schema of a text for people in both languages of the command line. */
export const BilingualRecord: z.ZodType<Bilingual> = z.object({ ru: z.string(), en: z.string() }).readonly();

/** Returns a text in a language. A plain string is the same in both. */
export function inOneLanguage(text: string | Bilingual, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

/** Returns a text with the same words before it in both languages. */
export function prefixed(prefix: string, text: Bilingual): Bilingual {
  return { ru: `${prefix}${text.ru}`, en: `${prefix}${text.en}` };
}

/** Returns a refusal of a change with the sentence that nothing was changed. */
export function nothingChanged({ ru, en }: Bilingual): Bilingual {
  return { ru: `${ru} Ничего не изменено.`, en: `${en} Nothing was changed.` };
}

/** Returns a refusal of an import with the sentence that nothing was imported. */
export function nothingImported({ ru, en }: Bilingual): Bilingual {
  return { ru: `${ru} Ничего не загружено.`, en: `${en} Nothing was imported.` };
}

/** Returns a moment for people: «03.09.2021 07:00:00 UTC» in Russian, the ISO form in English. */
export function momentText(moment: string): Bilingual {
  const [day = '', time = ''] = moment.split('T');
  return { ru: `${dayText(day)} ${time.slice(0, 8)} UTC`, en: moment };
}

const SIZE_UNITS = [
  { from: 1_073_741_824, ru: 'ГБ', en: 'GB' },
  { from: 1_048_576, ru: 'МБ', en: 'MB' },
  { from: 1_024, ru: 'КБ', en: 'KB' },
  { from: 1, ru: 'байт', en: 'bytes' },
] as const;

/** Returns a number of bytes in the largest unit that it fills, such as «1,4 МБ»; a kilobyte has 1024 bytes. */
export function sizeText(bytes: number): Bilingual {
  const { from, ru, en } = SIZE_UNITS.find((unit) => bytes >= unit.from) ?? { from: 1, ru: 'байт', en: 'bytes' };
  const figure = (bytes / from).toFixed(1).replace(/\.0$/, '');
  return { ru: `${figure.replace('.', ',')} ${ru}`, en: `${figure} ${en}` };
}

/** Languages that `--lang` accepts. */
export const LANGUAGES = ['ru', 'en'] as const satisfies readonly Language[];

/**
 * Returns the language of the command line: that of `--lang`, else English when the locale of the environment is
 * English (LC_ALL, LC_MESSAGES or LANG, the first that is set), else Russian.
 */
export function terminalLanguage(
  argv: readonly string[],
  { LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>,
): Language {
  const given = argv.flatMap((each, index) =>
    each === '--lang' ? [argv[index + 1]] : each.startsWith('--lang=') ? [each.slice('--lang='.length)] : [],
  );
  const chosen = LANGUAGES.find((language) => language === given.at(-1));
  if (chosen !== undefined) return chosen;
  return /^en\b/i.test((LC_ALL || LC_MESSAGES || LANG || '').replace('_', '-')) ? 'en' : 'ru';
}
