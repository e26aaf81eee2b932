import { dayText } from '../../domain/dates.js';
import type { Irregularity, IrregularityCode } from '../../domain/irregularities.js';
import type { notation } from '../../domain/schedule.js';

/** Russian texts of irregularities. */
const IRREGULARITY_WORDS: Readonly<Record<IrregularityCode, string>> = {
  ACTIVITY_NUMBERS_RUN_THROUGH: 'Номера мероприятий идут подряд через все разделы',
  BLANK_LINE_IN_TABLE: 'Пустая строка внутри таблицы',
  CELL_UNREADABLE: 'В ячейке ошибка или нет вычисленного значения',
  CELLS_MISSING: 'Строка с одним номером пропущена',
  CITED_DATE_UNREADABLE: 'Дата упомянутого документа не понята',
  COLUMN_MISSING: 'В таблице нет графы',
  COLUMNS_NUMBERED: 'Строка с номерами граф пропущена',
  COLUMNS_STATED: 'Графы указаны при загрузке',
  COPIED_DAY_OFF: 'После переноса на новый год день стал выходным',
  COPIED_TERM: 'Срок зависит от четвертей нового года',
  COPIED_UNFINISHED: 'В прошлом году не выполнено',
  COPIED_YEAR: 'В тексте остался год прошлого плана',
  ENCODING_ASSUMED: 'Кодировка определена по содержанию',
  FOREIGN_FRAGMENT: 'Похоже, сюда попал текст из другой графы',
  HEAD_ROW_REPEATED: 'Повтор заголовков таблицы пропущен',
  HEADING_IS_ITEM: 'Заголовок раздела имеет свой срок и принят и за мероприятие',
  HIDDEN_LEFT_OUT: 'Скрытый текст пропущен',
  INITIALS_WITHOUT_DOTS: 'Инициалы напечатаны без точек',
  LIST_AFTER_COLON: 'Перечень после двоеточия принят за подпункты',
  MARKDOWN_MARKS: 'Знаки разметки убраны',
  NO_PERIOD: 'Период плана не найден: укажите его',
  NO_STAMP_DATE: 'В грифе нет даты',
  NOTE_KEPT: 'Сноска сохранена при мероприятии',
  NUMBER_FROM_LIST: 'Номер проставлен текстовым редактором',
  NUMBER_GLUED_TO_TITLE: 'Номер стоял в одной графе с мероприятием',
  NUMBERED_LIST: 'Нумерованный перечень принят за подпункты',
  ON_DEMAND_IN_TITLE: '«По запросам» стоит в тексте, а не в сроке',
  PAIRED_BY_ORDER: 'Ответственные сопоставлены с пунктами по порядку строк: проверьте',
  PARTY_FROM_SECTION: 'Ответственный взят из заголовка раздела',
  PARTY_OR_ITS_UNITS: 'Учреждение со своими подразделениями или двое ответственных?',
  PERIOD_ASSUMED: 'Период назван не одним сроком: проверьте его',
  PERIOD_DERIVED: 'Период взят из заголовка',
  PERSON_IN_TITLE: 'В тексте мероприятия есть имя человека: там оно хранится открыто',
  ROW_CONTINUED: 'К строке присоединена следующая, без мероприятия',
  SECTION_ASSUMED: 'Строка принята за заголовок раздела: так ли это?',
  SECTION_NUMBERS_MIXED: 'Разделы нумерованы и арабскими, и римскими цифрами',
  SECTION_WITHOUT_CELLS: 'Строка раздела короче остальных',
  SEVERAL_IN_ONE: 'В графе несколько строк: одно это мероприятие или несколько?',
  SHEETS_LEFT_OUT: 'Листы без таблицы плана и скрытые пропущены',
  SIMILAR_PARTY: 'Название почти как у владельца плана: то же ли это подразделение?',
  SINGLE_SUB_ITEM: 'Единственный подпункт: подпункт ли это?',
  STRUCK_LEFT_OUT: 'Зачёркнутый или скрытый текст пропущен',
  TABLE_LEFT_OUT: 'Таблица не похожа на план и пропущена',
  TEXT_LEFT_OUT: 'Не вошло в план',
  TIME_FROM_HEADS: 'Срок взят из заголовков отмеченных граф',
  TITLE_ASSUMED: 'За заголовок принята ближайшая к таблице строка',
  TITLE_IN_CAPITALS: 'Заголовок набран прописными',
  TITLE_OVER_LINES: 'Заголовок в несколько строк',
  TRAILING_COMMA: 'Лишняя запятая в конце',
  UNBALANCED_QUOTES: 'Кавычки не закрыты',
  UNCLOSED_PARENTHESIS: 'Скобка не закрыта',
};

const COLUMN_NAMES: Readonly<Record<string, string>> = { timeframe: 'сроков', responsible: 'ответственных' };
/** Irregularities that are printed without their text: it is a whole cell that spans several rows. */
const WITHOUT_TEXT: readonly IrregularityCode[] = ['PAIRED_BY_ORDER', 'PARTY_FROM_SECTION'];

/** Returns a sentence about an irregularity, with the printed words. */
export function noticedText({ code, field, text }: Pick<Irregularity, 'code' | 'field' | 'text'>): string {
  const column = code === 'COLUMN_MISSING' ? ` ${COLUMN_NAMES[field] ?? field}` : '';
  const about = text === null || WITHOUT_TEXT.includes(code) ? '' : `: ${text}`;
  return `${IRREGULARITY_WORDS[code]}${column}${about}`;
}

const PRINTED_UNITS: Readonly<Record<string, string>> = {
  day: 'день',
  week: 'неделю',
  month: 'месяц',
  quarter: 'квартал',
  'half-year': 'полугодие',
  year: 'год',
  term: 'четверть',
  trimester: 'триместр',
};

/** Returns the meaning of a timeframe in words. */
export function readingText({ kind, interpretation }: ReturnType<typeof notation>): string {
  switch (kind) {
    case 'deadline':
      return `до ${daysText(interpretation.replaceAll('../', ''))}`;
    case 'continuous':
      return `весь период: ${daysText(interpretation)}`;
    case 'per-period-count': {
      const [, least, count, unit = '', windows] = /^(>=)?(\d+)\/([a-z-]+)(?: @ (.*))?$/.exec(interpretation) ?? [];
      const when = windows === undefined ? '' : ` (${daysText(windows)})`;
      return `${least ? 'не реже ' : ''}${count} раз в ${PRINTED_UNITS[unit] ?? unit}${when}`;
    }
    case 'recurring':
      return `повторяется: ${interpretation.replace('RRULE:', '')}`;
    case 'on-demand':
      return 'по мере необходимости';
    case 'by-schedule':
      return 'по другому документу или календарю школы';
    case 'unknown':
      return 'не понят';
    default:
      return daysText(interpretation);
  }
}

function daysText(windows: string): string {
  return windows
    .split(';')
    .map((window) => {
      const [start = '', end = start] = window.split('/');
      return start === end ? dayText(start) : `${dayText(start)} – ${dayText(end)}`;
    })
    .join('; ');
}
