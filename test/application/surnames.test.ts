import { describe, expect, it } from '@jest/globals';
import { excerptAround, isNamedIn, nameStems } from '../../src/application/persons/surnames.js';

describe('the beginnings by which a name is looked for', () => {
  it.each([
    ['Филатова Е.Н.', ['филато']],
    ['Станкевич А.А.', ['станкев']],
    ['А.А. Юрьевна', ['юрьев']],
    ['Ли Г.В.', ['ли']],
    ['Е. Н. Филатова', ['филато']],
    ['Иванова Инна Ивановна', ['ивано', 'инна']],
    ['СВ Стапинов', ['стапин']],
    ['Щёлок', ['щело']],
    ['Цой В.Р.', ['цой']],
    ['Петров-Водкин К.С.', ['петр', 'водк']],
  ])('of «%s» are %j', (name, stems) => {
    expect(nameStems(name).map(({ stem }) => stem)).toEqual(stems);
  });
});

const IVANOVA = { stem: 'ивано', isWhole: false };

describe('a text in which a name stands', () => {
  it.each([
    ['Иванова И.И.', 'По просьбе Ивановой', true],
    ['Иванова И.И.', 'ИВАНОВУ перевели', true],
    ['Орлов П.П.', 'передано Орловым', true],
    ['Орлов П.П.', 'Управление образования Орловской области', false],
    ['Цой В.Р.', 'Заявление № 7 от 10.10.2020', false],
    ['Щёлок', 'от Щелока', true],
    ['Станкевич А.А.', 'Заявление Станкевич от 10.10.2026', true],
    ['Ли Г.В.', 'просила Ли', true],
    ['Ли Г.В.', 'личная просьба, лист 2', false],
  ])('of %s: «%s» is %s', (name, text, isSo) => {
    expect(isNamedIn(name, text)).toBe(isSo);
  });

  it('is shown with a little around it', () => {
    expect(excerptAround(`${'а'.repeat(100)} с Ивановой ${'б'.repeat(100)}`, IVANOVA)).toMatch(/^…а+ с Ивановой б+…$/);
    expect(excerptAround('с Ивановой', IVANOVA)).toBe('с Ивановой');
    expect(excerptAround('ничего', IVANOVA)).toBeUndefined();
  });
});
