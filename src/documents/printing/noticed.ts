import type { Irregularity, IrregularityCode } from '../../domain/irregularities.js';
import { type Language, type Sentence, translation } from '../../domain/language.js';

/** Texts of irregularities; the English ones describe the codes in the schema. */
export const IRREGULARITY_WORDS: Readonly<Record<IrregularityCode, Sentence>> = {
  ACTIVITY_NUMBERS_RUN_THROUGH: [
    'Номера мероприятий идут подряд через все разделы',
    'Numbers of activities run through all sections',
  ],
  BLANK_LINE_IN_TABLE: ['Пустая строка внутри таблицы', 'A blank line inside the table'],
  CELL_UNREADABLE: ['В ячейке ошибка или нет вычисленного значения', 'A cell has an error, or no computed value'],
  CELLS_MISSING: ['Строка с одним номером пропущена', 'A row with a number alone was left out'],
  CITED_DATE_UNREADABLE: ['Дата упомянутого документа не понята', 'The date of a cited document is not understood'],
  COLUMN_MISSING: ['В таблице нет графы', 'The table has no column of this kind'],
  COLUMNS_NUMBERED: ['Строка с номерами граф пропущена', 'A row with numbers of the columns was left out'],
  COLUMNS_STATED: ['Графы указаны при загрузке', 'The columns were stated with the import'],
  COPIED_DAY_OFF: ['После переноса на новый год день стал выходным', 'Moved to the new year, the day is a day off'],
  COPIED_TERM: ['Срок зависит от четвертей нового года', 'The timeframe depends on the school terms of the new year'],
  COPIED_UNFINISHED: ['В прошлом году не выполнено', 'It was not done last year'],
  COPIED_YEAR: ['В тексте остался год прошлого плана', 'The text still names the year of the former plan'],
  ENCODING_ASSUMED: ['Кодировка определена по содержанию', 'The character encoding was found by the content'],
  FOREIGN_FRAGMENT: ['Похоже, сюда попал текст из другой графы', 'Text of another column seems to have got here'],
  HEAD_ROW_REPEATED: ['Повтор заголовков таблицы пропущен', 'A repeated head of the table was left out'],
  HEADING_IS_ITEM: [
    'Заголовок раздела имеет свой срок и принят и за мероприятие',
    'The heading of a section has a timeframe of its own and was taken for an activity too',
  ],
  HIDDEN_LEFT_OUT: ['Скрытый текст пропущен', 'Hidden text was left out'],
  INITIALS_WITHOUT_DOTS: ['Инициалы напечатаны без точек', 'Initials are printed without dots'],
  LIST_AFTER_COLON: ['Перечень после двоеточия принят за подпункты', 'A list after a colon was taken for sub-items'],
  MARKDOWN_MARKS: ['Знаки разметки убраны', 'Marks of Markdown were removed'],
  NO_PERIOD: ['Период плана не найден: укажите его', 'The period of the plan was not found: state it'],
  NO_STAMP_DATE: ['В грифе нет даты', 'The stamp has no date'],
  NOTE_KEPT: ['Сноска сохранена при мероприятии', 'A footnote was kept with its activity'],
  NUMBER_FROM_LIST: ['Номер проставлен текстовым редактором', 'The number was set by the word processor'],
  NUMBER_GLUED_TO_TITLE: [
    'Номер стоял в одной графе с мероприятием',
    'The number stood in one column with the activity',
  ],
  NUMBERED_LIST: ['Нумерованный перечень принят за подпункты', 'A numbered list was taken for sub-items'],
  ON_DEMAND_IN_TITLE: [
    '«По запросам» стоит в тексте, а не в сроке',
    '«По запросам» stands in the text and not in the timeframe',
  ],
  PAIRED_BY_ORDER: [
    'Ответственные сопоставлены с пунктами по порядку строк: проверьте',
    'Responsible parties were matched to the items by the order of lines: check them',
  ],
  PARTY_FROM_SECTION: [
    'Ответственный взят из заголовка раздела',
    'The responsible party was taken from the heading of the section',
  ],
  PARTY_OR_ITS_UNITS: [
    'Учреждение со своими подразделениями или двое ответственных?',
    'An institution with its units, or two responsible parties?',
  ],
  PERIOD_ASSUMED: [
    'Период назван не одним сроком: проверьте его',
    'The period is not named as one timeframe: check it',
  ],
  PERIOD_DERIVED: ['Период взят из заголовка', 'The period was taken from the title'],
  PERSON_IN_TITLE: [
    'В тексте мероприятия есть имя человека: там оно хранится открыто',
    'The text of the activity names a person: there the name is stored openly',
  ],
  ROW_CONTINUED: [
    'К строке присоединена следующая, без мероприятия',
    'The next row, which has no activity, was joined to this one',
  ],
  SECTION_ASSUMED: [
    'Строка принята за заголовок раздела: так ли это?',
    'The row was taken for the heading of a section: is it one?',
  ],
  SECTION_NUMBERS_MIXED: [
    'Разделы нумерованы и арабскими, и римскими цифрами',
    'Sections have both Arabic and Roman numbers',
  ],
  SECTION_WITHOUT_CELLS: ['Строка раздела короче остальных', 'The row of the section is shorter than the others'],
  SEVERAL_IN_ONE: [
    'В графе несколько строк: одно это мероприятие или несколько?',
    'A cell has several lines: is it one activity, or several?',
  ],
  SHEETS_LEFT_OUT: [
    'Листы без таблицы плана и скрытые пропущены',
    'Hidden sheets and sheets without a table of a plan were left out',
  ],
  SIMILAR_PARTY: [
    'Название почти как у владельца плана: то же ли это подразделение?',
    'The name is almost that of the owner of the plan: is it the same unit?',
  ],
  SINGLE_SUB_ITEM: ['Единственный подпункт: подпункт ли это?', 'There is one sub-item only: is it one?'],
  STRUCK_LEFT_OUT: ['Зачёркнутый или скрытый текст пропущен', 'Struck or hidden text was left out'],
  TABLE_LEFT_OUT: ['Таблица не похожа на план и пропущена', 'A table that does not look like a plan was left out'],
  TEXT_LEFT_OUT: ['Не вошло в план', 'Text that is not in the plan'],
  TIME_FROM_HEADS: [
    'Срок взят из заголовков отмеченных граф',
    'The timeframe was taken from the heads of the marked columns',
  ],
  TITLE_ASSUMED: [
    'За заголовок принята ближайшая к таблице строка',
    'The line nearest to the table was taken for the title',
  ],
  TITLE_IN_CAPITALS: ['Заголовок набран прописными', 'The title is in capitals'],
  TITLE_OVER_LINES: ['Заголовок в несколько строк', 'The title has several lines'],
  TRAILING_COMMA: ['Лишняя запятая в конце', 'A comma too many at the end'],
  UNBALANCED_QUOTES: ['Кавычки не закрыты', 'Quotation marks are not closed'],
  UNCLOSED_PARENTHESIS: ['Скобка не закрыта', 'A parenthesis is not closed'],
};

const COLUMN_NAMES: Readonly<Record<string, Sentence>> = {
  timeframe: ['сроков', '(timeframes)'],
  responsible: ['ответственных', '(responsible parties)'],
};
/** Irregularities that are printed without their text, because the text is a whole cell that spans several rows. */
const WITHOUT_TEXT: readonly IrregularityCode[] = ['PAIRED_BY_ORDER', 'PARTY_FROM_SECTION'];

/** Returns a sentence about an irregularity, with the printed words. */
export function noticedText(
  { code, field, text }: Pick<Irregularity, 'code' | 'field' | 'text'>,
  language: Language = 'ru',
): string {
  const column = code === 'COLUMN_MISSING' ? ` ${translation(COLUMN_NAMES[field] ?? [field, field], language)}` : '';
  const sentence = `${translation(IRREGULARITY_WORDS[code], language)}${column}`;
  if (text === null || WITHOUT_TEXT.includes(code)) return sentence;
  return `${sentence}${sentence.endsWith('?') ? '' : ':'} ${text}`;
}
