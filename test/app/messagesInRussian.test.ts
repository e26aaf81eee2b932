import { describe, expect, it } from '@jest/globals';
import { RUSSIAN_MESSAGES } from '../../src/app/russian/messages.js';
import { translatorBy } from '../../src/app/russian/templates.js';

/** Returns the number of characters in all parts of a message that are compared with the templates. */
function workOn(message: string): number {
  let characters = 0;
  translatorBy(RUSSIAN_MESSAGES, (part) => {
    characters += part.length;
  })(message);
  return characters;
}

describe('a message with the text of a document', () => {
  it.each([
    ['colons', (length: number) => `a${': a'.repeat(length)}`],
    ['a row of a table', (length: number) => `plan.md: row 2: «| 2 | a${': a'.repeat(length)} |»`],
    ['rows in rows', (length: number) => 'table 1, row '.repeat(length)],
    ['quotation marks', (length: number) => `a${': «a'.repeat(length)}`],
  ])('takes work in proportion to its length: %s', (_, messageOf) => {
    const single = workOn(messageOf(200));
    expect(single).toBeGreaterThan(0);
    expect(workOn(messageOf(400))).toBeLessThan(3 * single);
    expect(workOn(messageOf(200_000))).toBeLessThan(3 * single);
  });

  const translate = translatorBy({
    '{} is missing': '{1} не найден',
    'the file': 'файл',
    'no row «{}»': 'нет строки «{1}»',
  });

  it('is translated where the message is ours, and left alone where it quotes the document', () => {
    expect(translate('the file is missing')).toBe('файл не найден');
    expect(translate('a.md: b: the file is missing')).toBe('a.md: b: файл не найден');
    expect(translate('no row «the file»')).toBe('нет строки «the file»');
    expect(translate('no row «a: the file»')).toBe('нет строки «a: the file»');
    expect(translate('a: «b: the file»')).toBeUndefined();
  });
});
