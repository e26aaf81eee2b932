import type { Language } from '../../domain/language.js';
import { withPlaceholders } from './placeholders.js';

/**
 * The messages of commander about wrong arguments, and the same in Russian. A value with an apostrophe matches no
 * message.
 */
const MISUSES: readonly (readonly [english: RegExp, russian: string])[] = [
  [/^error: missing required argument '([^']*)'/, 'не хватает аргумента <$1>'],
  [/^error: option '([^']*)' argument missing/, 'у параметра $1 нет значения'],
  [/^error: required option '([^']*)' not specified/, 'не хватает параметра $1'],
  [/^error: unknown option '([^']*)'/, 'нет такого параметра: $1'],
  [/^error: unknown command '([^']*)'/, 'нет такой команды: $1'],
  [
    /^error: too many arguments[^.]*\. Expected (\d+) arguments? but got (\d+)\./,
    'лишние аргументы: нужно $1, дано $2',
  ],
  [/^error: option '([^']*)' argument '([^']*)' is invalid\./, 'у параметра $1 неверное значение «$2»:'],
  [/^error: command-argument value '([^']*)' is invalid for argument '([^']*)'\./, 'неверное значение «$1» для <$2>:'],
  [/^("[\s\S]*…) has (\d+) characters; an argument has at most (\d+)/, '$1: знаков $2, а в аргументе их не больше $3'],
  [
    /^("[\s\S]{0,1000}) has a character that cannot be printed \(([^)]{0,40})\): remove it/,
    '$1: знак, который нельзя напечатать ($2): удалите его',
  ],
  [/Allowed choices are /, 'можно '],
  [/\(Did you mean (?:one of )?/, '(Похоже на: '],
];

/** Messages of our own checks of values, which commander puts after its own. */
const WRONG_VALUES: Readonly<Record<string, string>> = {
  'a position as this command prints it, such as 1200': 'нужно место, как его печатает эта команда, например 1200',
  'a whole number from 1': 'нужно целое число от 1',
  'a number of hours from 0 to 720': 'нужно число часов от 0 до 720',
  'a port is a number from 0 to 65535': 'порт — число от 0 до 65535',
  'this is no public key of a log: it looks like name+c74f20a3+ARpc2Qc…':
    'это не открытый ключ журнала: он имеет вид name+c74f20a3+ARpc2Qc…',
  'a name without spaces and plus signs': 'нужно имя без пробелов и знаков «плюс»',
};

/** Returns a message of commander about wrong arguments in the language of the command line. */
export function misuseText(english: string, language: Language): string {
  if (language === 'en') return english;
  const translated = MISUSES.reduce((text, [pattern, russian]) => text.replace(pattern, russian), english);
  const russian = Object.entries(WRONG_VALUES).reduce((text, [own, same]) => text.replace(own, same), translated);
  return russian === english ? english : `letopis: ${withPlaceholders(russian, language)}`;
}
