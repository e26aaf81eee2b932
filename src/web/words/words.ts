import { en } from './en';
import { language } from './language';
import { ru, type Words } from './ru';

/** The locale of dates and numbers. */
export const locale = language === 'ru' ? 'ru-RU' : 'en-GB';

/** The texts of the page in its language. */
export const words: Words = language === 'ru' ? ru : en;

/** Returns the text for a key in a list of texts; the key itself if there is none. */
export function wordFor(texts: Readonly<Record<string, string>>, key: string): string {
  return texts[key] ?? key;
}
