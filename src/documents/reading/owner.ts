import { MAX_TITLE } from '../../domain/texts.js';

/** Abbreviations of institutions with what names one: «МБУДО «ЦВР»», «МОБУ СОШ с. Целинный», «МБДОУ Д/с №10 «Росинка» с. Спасское». */
const INSTITUTION =
  /(?<![А-ЯЁа-яё])[МГЧФО][А-ЯЁ]{0,5}У(?:\s?(?:ДО|ДОД))?(?=\s)(?:\s(?:[А-ЯЁ]{2,6}|Д\/с|лицей|гимназия|школа|детский сад|центр)(?![а-яё]))*(?:\s?№\s?\d+)?(?:\s«[^»]*»)?(?:\s(?:с|г|п|д|ст|пос|дер)\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?)?/u;

/** The first institution that a text names in the way of its seal; undefined for none. */
export function institutionIn(text: string): string | undefined {
  const [found] = INSTITUTION.exec(text.slice(0, MAX_TITLE)) ?? [];
  // The abbreviation alone names nobody.
  return found && /\s/.test(found) ? found : undefined;
}

const GENITIVE_HEADS: readonly (readonly [RegExp, string])[] = [
  [/^Центра(?=\s)/u, 'Центр'],
  [/^Отдела(?=\s)/u, 'Отдел'],
  [/^Управления(?=\s)/u, 'Управление'],
  [/^Кабинета(?=\s)/u, 'Кабинет'],
  [/^Службы(?=\s)/u, 'Служба'],
  [/^Кафедры(?=\s)/u, 'Кафедра'],
  [/^Школы(?=\s)/u, 'Школа'],
  [/^Комитета(?=\s)/u, 'Комитет'],
];

/** «План работы Центра поддержки …» names the unit in the genitive; only its head word changes. */
export function nominative(unit: string): string {
  const head = GENITIVE_HEADS.find(([form]) => form.test(unit));
  return head ? unit.replace(head[0], head[1]) : unit;
}
