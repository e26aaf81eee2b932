/** The languages of the interface: Russian first, English second. */
export type Language = 'ru' | 'en';

/** A text in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

/** A sentence in both languages, in the short form of tables and capabilities. */
export type Sentence = readonly [ru: string, en: string];

/** Returns a sentence in a language. */
export function translation([ru, en]: Sentence, language: Language): string {
  return language === 'ru' ? ru : en;
}

/** Returns a text in both languages. */
export function inBothLanguages(textIn: (language: Language) => string): Bilingual {
  return { ru: textIn('ru'), en: textIn('en') };
}
