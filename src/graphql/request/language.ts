import type { Language } from '../../domain/language.js';

/** Returns the language of an Accept-Language header: the first supported one; Russian without a header. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined) return 'ru';
  const first = header
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'ru' || tag === 'en');
  return first === 'en' ? 'en' : 'ru';
}
