import type { IndicatorCode } from '../domain/indicators/codes.js';
import { type Language, type Sentence, translation } from '../domain/language.js';

/** The names of the indicators. */
export const INDICATOR_TITLES: Readonly<Record<IndicatorCode, Sentence>> = {
  DONE: ['Выполнено', 'Done'],
  DONE_IN_TIME: ['Выполнено в срок', 'Done on time'],
  DONE_BY_FIRST_TERM: ['Выполнено к первоначальному сроку', 'Done by the first term'],
  OVERDUE: ['Просрочено', 'Overdue'],
  MEAN_DELAY: ['Среднее опоздание', 'Mean delay'],
  MEDIAN_DELAY: ['Медиана опоздания', 'Median delay'],
  MOVED: ['Срок перенесён', 'Rescheduled'],
  MOVED_AGAIN: ['Срок перенесён не раз', 'Rescheduled more than once'],
  MEAN_SHIFT: ['Средний перенос срока', 'Mean shift of terms'],
  REQUESTED_LATE: ['Перенос запрошен после срока', 'New term requested after the due day'],
  DISCIPLINE: ['Исполнительская дисциплина (Кид)', 'Discipline of execution'],
  REPORTED_IN_TIME: ['Отчёт подан в срок', 'Reported on time'],
  REPORTS_RETURNED: ['Отчёты возвращены', 'Reports returned'],
  ACTIVITIES_AMENDED: ['Мероприятия изменены после утверждения', 'Activities amended after approval'],
  WORDINGS_UNREAD: ['Срок не понят', 'Timeframe not understood'],
  DUE_IN_14_DAYS: ['Срок в ближайшие 14 дней', 'Due within 14 days'],
  DUE_IN_30_DAYS: ['Срок в ближайшие 30 дней', 'Due within 30 days'],
  EXPECTED_LATE: ['Ожидается позже срока', 'Expected later than due'],
};

/** Returns the name of an indicator in a language. */
export function indicatorTitle(code: IndicatorCode, language: Language): string {
  return translation(INDICATOR_TITLES[code], language);
}
