import { MAX_TITLE } from '../../domain/texts.js';

/**
 * An abbreviation of institutions and a name: «МБУДО «ЦВР»», «МОБУ СОШ с. Целинный», «МБДОУ Д/с №10 «Росинка» с.
 * Спасское».
 */
const INSTITUTION =
  /(?<![А-ЯЁа-яё])[МГЧФО][А-ЯЁ]{0,5}У(?:\s?(?:ДО|ДОД))?(?=\s)(?:\s(?:[А-ЯЁ]{2,6}|Д\/с|лицей|гимназия|школа|детский сад|центр)(?![а-яё]))*(?:\s?№\s?\d+)?(?:\s«[^»]*»)?(?:\s(?:с|г|п|д|ст|пос|дер)\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?)?/u;

/** Returns the first institution that a text names in the form of a seal; undefined for none. */
export function institutionIn(text: string): string | undefined {
  const [found] = INSTITUTION.exec(text.slice(0, MAX_TITLE)) ?? [];
  // An abbreviation without a name does not identify an institution.
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

/** Returns a unit in the nominative: «План работы Центра поддержки …» has the genitive. Only the head word changes. */
export function nominative(unit: string): string {
  const head = GENITIVE_HEADS.find(([form]) => form.test(unit));
  return head ? unit.replace(head[0], head[1]) : unit;
}
