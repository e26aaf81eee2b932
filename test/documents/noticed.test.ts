import { describe, expect, it } from '@jest/globals';
import { noticedText } from '../../src/documents/printing/noticed.js';

describe('a sentence about something noticed', () => {
  it('ends with a colon before the printed words, unless it is a question', () => {
    const about = { field: 'responsible', text: 'Центр' } as const;
    expect(noticedText({ ...about, code: 'SIMILAR_PARTY' })).toBe(
      'Название почти как у владельца плана: то же ли это подразделение? Центр',
    );
    expect(noticedText({ ...about, code: 'UNCLOSED_PARENTHESIS' })).toBe('Скобка не закрыта: Центр');
  });
});
