import type { Help } from 'commander';
import type { Language } from '../../domain/language.js';
import { inOneLanguage } from '../bilingual.js';
import { COMMON_EXIT_CODES, type ExitCode, exitCodesOf, OWN_EXIT_CODES } from '../exitCodes.js';
import { RUSSIAN_HELP } from './russianHelp.js';

/** The texts of help in one language. */
export interface HelpTexts {
  /** Returns a text of a command, an option or a title, which is written in English. */
  readonly text: (english: string) => string;
  readonly optionDescription: Help['optionDescription'];
  /** Text below the list of commands. */
  readonly afterProgram: string;
  /** Returns the text below the help of a command. */
  readonly afterCommand: (name: string) => string;
}

/** Returns the texts of help in a language. */
export function helpTexts(language: Language): HelpTexts {
  const text = (english: string) => (language === 'ru' ? (RUSSIAN_HELP[english] ?? english) : english);
  const listed = (codes: readonly ExitCode[]) =>
    codes.map(({ code, meaning }) => `  ${code}  ${inOneLanguage(meaning, language)}`).join('\n');
  const own = Object.entries(OWN_EXIT_CODES).map(([name, codes]) => `npx letopis ${name}:\n${listed(codes)}`);
  return {
    text,
    optionDescription({ description, argChoices, defaultValue }) {
      const more = [
        ...(argChoices ? [`${text('one of')}: ${argChoices.join(', ')}`] : []),
        ...(defaultValue === undefined || typeof defaultValue === 'boolean'
          ? []
          : [`${text('by default')}: ${String(defaultValue)}`]),
      ];
      return more.length === 0 ? text(description) : `${text(description)} (${more.join('; ')})`;
    },
    afterProgram: `\n${text('Exit codes:')}\n${listed(COMMON_EXIT_CODES)}\n${own.join('\n')}`,
    afterCommand: (name) => `\n${text('Exit codes:')}\n${listed(exitCodesOf(name))}`,
  };
}
