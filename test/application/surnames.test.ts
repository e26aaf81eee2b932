import { describe, expect, it } from '@jest/globals';
import { isNamedIn, nameStems, placeOf } from '../../src/application/persons/surnames.js';

describe('the beginnings by which a name is looked for', () => {
  it.each([
    ['Филатова Е.Н.', ['филато']],
    ['Е. Н. Филатова', ['филато']],
    ['Иванова Инна Ивановна', ['ивано', 'инна']],
    ['СВ Стапинов', ['стапин']],
    ['Щёлок', ['щело']],
    ['Цой В.Р.', ['цой']],
    ['Петров-Водкин К.С.', ['петр', 'водк']],
  ])('of «%s» are %j', (name, stems) => {
    expect(nameStems(name)).toEqual(stems);
  });
});

describe('a text in which a name stands', () => {
  it.each([
    ['Иванова И.И.', 'По просьбе Ивановой', true],
    ['Иванова И.И.', 'ИВАНОВУ перевели', true],
    ['Орлов П.П.', 'передано Орловым', true],
    ['Орлов П.П.', 'Управление образования Орловской области', false],
    ['Цой В.Р.', 'Заявление № 7 от 10.10.2020', false],
    ['Щёлок', 'от Щелока', true],
  ])('of %s: «%s» is %s', (name, text, isSo) => {
    expect(isNamedIn(name, text)).toBe(isSo);
  });

  it('is shown with a little around it', () => {
    expect(placeOf(`${'а'.repeat(100)} с Ивановой ${'б'.repeat(100)}`, 'ивано')).toMatch(/^…а+ с Ивановой б+…$/);
    expect(placeOf('с Ивановой', 'ивано')).toBe('с Ивановой');
    expect(placeOf('ничего', 'ивано')).toBeUndefined();
  });
});
