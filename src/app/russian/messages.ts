import type { Bilingual } from '../../domain/language.js';
import { DOCUMENT_FAULTS } from './documents.js';
import { INSTALLATION_FAULTS } from './installation.js';
import { STORAGE_FAULTS } from './storage.js';
import { SYSTEM_FAULTS } from './system.js';
import { translatorBy } from './templates.js';

/**
 * The messages that modules below the command line write in English for the log and the API, with their Russian texts.
 */
export const RUSSIAN_MESSAGES = { ...SYSTEM_FAULTS, ...STORAGE_FAULTS, ...INSTALLATION_FAULTS, ...DOCUMENT_FAULTS };

const translate = translatorBy(RUSSIAN_MESSAGES);

/** Returns the message of a module below in both languages. An unknown one stays in English, in quotation marks. */
export function messageInBoth(english: string): Bilingual {
  const lines = english.split('\n');
  const translated = lines.map((line) => translate(line));
  // The message as a whole is tried second: a known last line would count as its translation.
  const whole = translated.includes(undefined) ? translate(english) : translated.join('\n');
  return { ru: whole ?? lines.map((line, index) => translated[index] ?? `«${line}»`).join('\n'), en: english };
}
