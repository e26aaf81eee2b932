import { memoizedByKey } from '../../memo.js';
import { type QuotaUnit } from '../../schedule.js';

/** The days of a week, Monday first, as RFC 5545 names them. */
export const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** A day of the week as RFC 5545 writes it. */
export type Weekday = (typeof WEEK)[number];

/** One meaning of a word. A word may have several: «четвертой» is an ordinal, and «четвертей» school terms. */
export type Sense =
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'weekday'; readonly weekday: Weekday }
  | { readonly is: 'unit'; readonly unit: QuotaUnit }
  | { readonly is: 'ordinal'; readonly value: number }
  | { readonly is: 'number'; readonly value: number }
  /** First month of a season. */
  | { readonly is: 'season'; readonly month: number }
  /** «ежемесячно»: once in each unit. */
  | { readonly is: 'often'; readonly unit: QuotaUnit }
  /** «трехдневный»: a number of units. */
  | { readonly is: 'long'; readonly count: number; readonly unit: LongUnit }
  | { readonly is: 'key'; readonly key: Key };

/** Unit of a duration. */
export type LongUnit = 'day' | 'week' | 'month' | 'year';

/*
 * Forms are separated by spaces. `~` stands for an inflectional ending, `*` for any continuation. Use «е» for the
 * letter «ё».
 */

const MONTHS = [
  'янв январ~',
  'фев февр феврал~',
  'мар март~',
  'апр апрел~',
  'май мая мае маю маем',
  'июн~',
  'июл~',
  'авг август~',
  'сен сент сентябр~',
  'окт октябр~',
  'ноя нояб ноябр~',
  'дек декабр~',
] as const;

const WEEKDAYS: Readonly<Record<Weekday, string>> = {
  MO: 'пн понед понедельник~',
  TU: 'вт вторник~',
  WE: 'ср сред~',
  TH: 'чт четверг~',
  FR: 'пт пятниц~',
  SA: 'сб суббот~',
  SU: 'вс воскресень~',
};

const UNITS: Readonly<Record<QuotaUnit, string>> = {
  day: 'день дня дни дней дню дням днем днях сутки суток сутках суткам',
  week: 'недел~ нед',
  month: 'мес месяц~',
  quarter: 'кв квартал~ кварт',
  halfYear: 'полугоди~ полуг полугод полгода семестр~ сем п/г п/годи~',
  year: 'год~ лет г гг',
  term: 'четверть четверти четвертей четвертям четвертью четвертях четв',
  trimester: 'триместр~ трим',
};

/** −1 is the last one. */
const ORDINALS: readonly (readonly [number, string])[] = [
  [1, 'перв~'],
  [2, 'втор~'],
  [3, 'трет~ треть~'],
  [4, 'четверт~'],
  [5, 'пят~'],
  [6, 'шест~'],
  [7, 'седьм~'],
  [8, 'восьм~'],
  [9, 'девят~'],
  [10, 'десят~'],
  [11, 'одиннадцат~'],
  [12, 'двенадцат~'],
  [13, 'тринадцат~'],
  [14, 'четырнадцат~'],
  [15, 'пятнадцат~'],
  [16, 'шестнадцат~'],
  [17, 'семнадцат~'],
  [18, 'восемнадцат~'],
  [19, 'девятнадцат~'],
  [20, 'двадцат~'],
  [30, 'тридцат~'],
  [-1, 'последн~ посл'],
];

const NUMBERS: readonly (readonly [number, string])[] = [
  [1, 'один одна одну одно одного одной однажды'],
  [2, 'два две двух двум дважды'],
  [3, 'три трех трем трижды'],
  [4, 'четыре четырех'],
  [5, 'пять пяти'],
  [6, 'шесть шести'],
  [7, 'семь семи'],
  [8, 'восемь восьми'],
  [9, 'девять девяти'],
  [10, 'десять десяти'],
  [11, 'одиннадцать одиннадцати'],
  [12, 'двенадцать двенадцати'],
  [13, 'тринадцать тринадцати'],
  [14, 'четырнадцать четырнадцати'],
  [15, 'пятнадцать пятнадцати'],
  [16, 'шестнадцать шестнадцати'],
  [17, 'семнадцать семнадцати'],
  [18, 'восемнадцать восемнадцати'],
  [19, 'девятнадцать девятнадцати'],
  [20, 'двадцать двадцати'],
  [30, 'тридцать тридцати'],
];

const SEASONS: readonly (readonly [number, string])[] = [
  [6, 'летн~ лето лета летом лету'],
  [9, 'осен~ осенн~'],
  [12, 'зим~ зимн~'],
  [3, 'весн~ весенн~'],
];

const OFTEN: readonly (readonly [QuotaUnit, string])[] = [
  ['day', 'ежедн*'],
  ['week', 'еженед* понедельно'],
  ['month', 'ежемес* помес*'],
  ['quarter', 'ежекв* поквартал*'],
  ['year', 'ежегод*'],
];

/** First parts of words such as «трехдневный», and their endings. */
const COUNTED = ['', 'двух', 'трех', 'четырех', 'пяти', 'шести', 'семи', 'восьми', 'девяти', 'десяти'] as const;
const LONG: Readonly<Record<LongUnit, string>> = {
  day: 'дневн~',
  week: 'недельн~',
  month: 'месячн~',
  year: 'годичн~',
};

const KEYS = {
  в: 'в во',
  на: 'на',
  с: 'с со от',
  по: 'по',
  до: 'до',
  к: 'к ко',
  за: 'за',
  и: 'и',
  или: 'или либо',
  не: 'не',
  но: 'но а',
  позднее: 'позднее позже',
  реже: 'реже',
  ранее: 'ранее раньше',
  менее: 'менее меньше',
  более: 'более больше',
  чем: 'чем',
  минимум: 'минимум',
  раз: 'раз раза р',
  однократно: 'однократно единовременно единожды разово',
  течение: 'течение течении течению теч течен протяжени~',
  втечение: 'втечение втечении',
  период: 'период~',
  время: 'время времени',
  срок: 'срок~',
  начало: 'начал~ нач',
  конец: 'конец конц~',
  окончание: 'окончани~ завершени~ исхода',
  итог: 'итог~ результат~',
  середина: 'середин~ сер',
  половина: 'половин~ пол',
  декада: 'декад~',
  весь: 'весь вся все всего всей всю всем всех кругл~',
  каждый: 'кажд~',
  текущий: 'текущ~ тек т нынешн~ данн~',
  следующий: 'следующ~',
  отчетный: 'отчетн~ планов~',
  прошлый: 'предыдущ~ прошл~ истекш~ прошедш~',
  учебный: 'учебн~ уч',
  календарный: 'календарн~ кал',
  финансовый: 'финансов~',
  школьный: 'школьн~',
  рабочий: 'рабоч~ раб',
  будни: 'будн~',
  сутки: 'сутки суток сутках суткам',
  выходной: 'выходн~',
  кроме: 'кроме исключая исключением',
  взамен: 'резерв* перенос* перенес* продл*',
  число: 'числ~',
  час: 'час~ ч',
  минута: 'мин минут~',
  включительно: 'включительно вкл',
  через: 'через',
  начиная: 'начиная',
  канун: 'накануне канун преддвери~',
  между: 'между',
  четный: 'четн~ нечетн~',
  около: 'ориентировочно примерно предположительно около',
  постоянно: 'постоянно систематически регулярно круглогодично непрерывно',
  постоянный: 'постоянн~ регулярн~ систематическ~',
  основа: 'основ~',
  кампания: 'месячник~ кампани~ акци~',
  каникулы: 'каникул~ каникулярн~',
  документ:
    'план* график~ положен* расписан* приказ~ распоряж* регламент~ календар~ программ~ договор* согласов* циклограмм~',
  согласно: 'согласно',
  соответствие: 'соответстви~',
  основание: 'основани~',
  мера: 'мере',
  повод:
    'необходимост~ надобност~ запрос* требован* заявк~ обращени~ заявлени~ факт~ поручени~ указани~ предписани~ вызов~ приглашени~',
  при: 'при',
  случай: 'случа~',
  перед: 'перед',
  после: 'после',
  момент: 'момент~ дат~',
  истечение: 'истечени~',
  сразу: 'незамедлительно немедленно сразу срочно оперативно',
  ход: 'ходе рамках',
  установленный: 'устан* утвержд* определ* указанн~ назначенн~',
  уточняется: 'уточня* дополнительно',
  событие: 'праздник~ праздничн~ памятн~ знаменательн~',
  поводДня: 'увольнени~ прием~',
  эпидемия: 'неблагоприятн~ эпидеми~ инфекц* карантин~ заболева* чрезвычайн~ аварийн~',
  режим: 'сна сном сон занят* прогулк~ завтрак~ обед~ ужин~ полдник~ зарядк~ перемен~',
  классный: 'кл классн~ родительск~ педагогическ~',
  расписание: 'урок~ собран* педсовет~ заседан* совещан* планерк~ линейк~',
  курс: 'курс~',
  внеплановый: 'внепланов~',
  класс: 'класс~ групп~ кл',
  /** Words before the number of a place: «ул. Ленина, 5», «каб. 12». */
  улица: 'ул улиц~ просп проспект~ пер переул~ площад~',
  место: 'дом~ корп корпус~ каб кабинет~ ауд аудитори~ зал~ этаж~',
  когда: 'когда нибудь либо иногда редко часто',
  проведение: 'проведени~',
  /** Words that have no meaning as times. They are listed so that divided words can be joined. */
  прочее: 'отдельн~ мероприяти~ руководител~ классного реализаци~ отдел~ образовани~ администраци~',
} as const;

/** A word that the grammar names. */
export type Key = keyof typeof KEYS;

/** Endings of Russian nouns and adjectives, the empty one included. */
const ENDINGS = new Set(
  (
    ' а я у ю е и ы о ь й ом ем ой ей ью ам ям ах ях ами ями ов ев ый ий ая яя ое ее ого его ому ему ым им ых их ую юю ' +
    'ые ие ыми ими ию ии ия ье ья ьего ьей ью'
  ).split(' '),
);
const LONGEST_ENDING = 4;
const LONGEST_WORD = 40;

/** Returns true for a form of a word: its stem with an ending of nouns or adjectives. */
export function isFormOf(word: string, stem: string): boolean {
  return word.startsWith(stem) && ENDINGS.has(word.slice(stem.length));
}

const exact = new Map<string, Sense[]>();
const inflected = new Map<string, Sense[]>();
const begun = new Map<string, Sense[]>();

function teach(forms: string, sense: Sense): void {
  for (const form of forms.split(' ')) {
    const table = form.endsWith('~') ? inflected : form.endsWith('*') ? begun : exact;
    const stem = form.replace(/[~*]$/, '');
    table.set(stem, [...(table.get(stem) ?? []), sense]);
  }
}

for (const [index, forms] of MONTHS.entries()) teach(forms, { is: 'month', month: index + 1 });
for (const [weekday, forms] of entries(WEEKDAYS)) teach(forms, { is: 'weekday', weekday });
for (const [unit, forms] of entries(UNITS)) teach(forms, { is: 'unit', unit });
for (const [value, forms] of ORDINALS) teach(forms, { is: 'ordinal', value });
for (const [value, forms] of NUMBERS) teach(forms, { is: 'number', value });
for (const [month, forms] of SEASONS) teach(forms, { is: 'season', month });
for (const [unit, forms] of OFTEN) teach(forms, { is: 'often', unit });
for (const [unit, forms] of entries(LONG)) {
  for (const [index, count] of COUNTED.entries()) teach(count + forms, { is: 'long', count: index + 1, unit });
}
for (const [key, forms] of entries(KEYS)) teach(forms, { is: 'key', key });

function entries<K extends string, V>(table: Readonly<Record<K, V>>): readonly (readonly [K, V])[] {
  const keys: K[] = [];
  for (const key in table) keys.push(key);
  return keys.map((key) => [key, table[key]] as const);
}

const MAX_MEMOIZED_WORDS = 5_000;

/**
 * Returns the meanings of a word in lower case, with «е» for «ё»; an empty list for a word that does not occur in
 * timeframes.
 */
export function sensesOf(word: string): readonly Sense[] {
  return word.length > LONGEST_WORD ? [] : sensesOfShort(word);
}

const sensesOfShort = memoizedByKey(MAX_MEMOIZED_WORDS, (word: string): readonly Sense[] => {
  const senses = [...(exact.get(word) ?? [])];
  for (let length = word.length; length > 0; length -= 1) {
    const stem = word.slice(0, length);
    senses.push(...(begun.get(stem) ?? []));
    if (word.length - length <= LONGEST_ENDING && ENDINGS.has(word.slice(length))) {
      senses.push(...(inflected.get(stem) ?? []));
    }
  }
  return senses;
});
