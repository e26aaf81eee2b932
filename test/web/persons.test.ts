import { describe, expect, it } from '@jest/globals';
import { distinctTexts, nameAndPost } from '../../src/web/words/persons.js';

describe('a person on the page', () => {
  it('is the name with the post', () => {
    expect(nameAndPost({ name: 'Иванова А.А.', post: 'Методист' })).toBe('Иванова А.А., Методист');
    expect(nameAndPost({ name: 'Иванова А.А.', post: null })).toBe('Иванова А.А.');
    expect(nameAndPost({ name: null, post: 'Методист' })).toBe('Методист');
  });

  it('has a name once that is also the post', () => {
    expect(nameAndPost({ name: 'Администратор', post: 'Администратор' })).toBe('Администратор');
    expect(distinctTexts(['Администратор', 'администратор', '', 'ЦВР'])).toEqual(['Администратор', 'ЦВР']);
  });
});
