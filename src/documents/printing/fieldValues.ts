import type { Role } from '../../domain/actor.js';
import type { PlacedStamp, StampKind } from '../../domain/approval.js';
import { dayText } from '../../domain/dates.js';
import type { DocumentType } from '../../domain/documents.js';
import type { PeriodReportKind } from '../../domain/indicators/periodReport.js';
import { type Language, type Sentence, translation } from '../../domain/language.js';
import type { LegalGround } from '../../domain/person/events.js';
import type { PrintedText } from '../../domain/personal.js';
import type { PeriodKind, PlanStatus, Report, RescheduleRequest } from '../../domain/plan.js';
import { recurrenceText } from '../../domain/recurrenceText.js';
import type { DatesForm, QuotaUnit, Schedule } from '../../domain/schedule.js';
import { answerTimeText, readingText } from '../../domain/scheduleText.js';
import type { DeadlineDay, LatenessRule, PaperDueRule, SchoolTerm } from '../../domain/settings.js';
import type { ClosingRule } from '../../domain/timing.js';
import { ROLE_TEXTS } from './roles.js';

type Words<Value extends string> = Readonly<Record<Value, Sentence>>;

type Status = PlanStatus | Report['status'] | RescheduleRequest['status'] | 'ACTIVE' | 'REVOKED' | 'REGISTERED';

const STATUSES: Words<Status> = {
  DRAFT: ['проект', 'draft'],
  ON_AGREEMENT: ['на согласовании', 'on agreement'],
  AGREED: ['согласован', 'agreed'],
  APPROVED: ['утверждён', 'approved'],
  CLOSED: ['закрыт', 'closed'],
  WITHDRAWN: ['отозван', 'withdrawn'],
  CANCELLED: ['отменён', 'cancelled'],
  SUBMITTED: ['на приёмке', 'submitted'],
  ACCEPTED: ['принят', 'accepted'],
  RETURNED: ['возвращён', 'returned'],
  OPEN: ['ждёт решения', 'not decided yet'],
  GRANTED: ['разрешено', 'granted'],
  REFUSED: ['отказано', 'refused'],
  ACTIVE: ['действует', 'active'],
  REVOKED: ['отозван', 'revoked'],
  REGISTERED: ['зарегистрирована', 'registered'],
};

const KINDS: Words<PeriodReportKind | StampKind | SchoolTerm['kind'] | Schedule['kind']> = {
  MONTH: ['за месяц', 'of a month'],
  QUARTER: ['за квартал', 'of a quarter'],
  HALF_YEAR: ['за полугодие', 'of a half-year'],
  YEAR: ['за год', 'of a year'],
  approve: ['утверждение', 'approval'],
  agree: ['согласование', 'agreement'],
  accept: ['принятие', 'acceptance'],
  consider: ['рассмотрение', 'consideration'],
  term: ['четверть', 'term'],
  trimester: ['триместр', 'trimester'],
  dates: ['определённые дни', 'stated days'],
  deadline: ['до дня', 'by a day'],
  recurring: ['повторяется', 'recurring'],
  quota: ['несколько раз за период', 'a number of times in a period'],
  throughout: ['весь период', 'the whole period'],
  onDemand: ['по мере необходимости', 'when needed'],
  external: ['по другому документу', 'by another document'],
  unknown: ['не понят', 'not understood'],
};

const YES_OR_NO: Words<'true' | 'false'> = { true: ['да', 'yes'], false: ['нет', 'no'] };

const UNITS: Words<QuotaUnit> = {
  day: ['день', 'day'],
  week: ['неделя', 'week'],
  month: ['месяц', 'month'],
  quarter: ['квартал', 'quarter'],
  halfYear: ['полугодие', 'half-year'],
  year: ['год', 'year'],
  term: ['четверть', 'school term'],
  trimester: ['триместр', 'trimester'],
};

const DOCUMENT_TYPES: Words<DocumentType> = {
  order: ['приказ', 'order'],
  directive: ['распоряжение', 'directive'],
  resolution: ['постановление', 'resolution'],
  protocol: ['протокол', 'protocol'],
  regulation: ['положение', 'regulation'],
  letter: ['письмо', 'letter'],
  other: ['документ', 'document'],
};

const STAMP_STATES: Words<PlacedStamp['state']> = {
  PRINTED: ['напечатан на документе', 'printed on the document'],
  GIVEN: ['поставлен здесь', 'given here'],
  CONFIRMED: ['напечатан и подтверждён здесь', 'printed, and confirmed here'],
};

const PERIOD_KINDS: Words<PeriodKind> = {
  SCHOOL_YEAR: ['учебный год', 'school year'],
  CALENDAR_YEAR: ['календарный год', 'calendar year'],
  OTHER: ['другой период', 'another period'],
};

const GROUNDS: Words<LegalGround> = {
  CONSENT_WITHDRAWN: ['согласие отозвано', 'consent withdrawn'],
  PURPOSE_ACHIEVED: ['цель обработки достигнута', 'purpose achieved'],
  UNLAWFUL: ['обработка неправомерна', 'unlawful processing'],
  DEMAND_OF_PERSON: ['требование человека', 'demand of the person'],
  DECISION_OF_AUTHORITY: ['решение суда или надзорного органа', 'decision of a court or authority'],
};

const CLOSING_RULES: Words<ClosingRule> = {
  COMPLETION: ['отметка о выполнении', 'a mark that it is done'],
  REPORT: ['представленный отчёт', 'a submitted report'],
  ACCEPTANCE: ['принятый отчёт', 'an accepted report'],
};

const DEADLINE_DAYS: Words<DeadlineDay> = {
  INCLUDED: ['включая названный день', 'the day included'],
  EXCLUDED: ['не включая названный день', 'the day excluded'],
};

const PAPER_DUE: Words<PaperDueRule> = {
  WORKING_DAY_BEFORE: ['на предыдущий рабочий день', 'the working day before'],
  WORKING_DAY_AFTER: ['на следующий рабочий день', 'the working day after'],
  SAME_DAY: ['не переносится', 'the same day'],
};

const LATENESS: Words<LatenessRule> = {
  DUE: ['по сроку плана', 'by the due day of the plan'],
  PAPER_DUE: ['по сроку, перенесённому с выходного дня', 'by the due day moved off a day off'],
};

const FORMS: Words<DatesForm> = {
  date: ['день', 'a day'],
  range: ['с одного дня по другой', 'a range of days'],
  month: ['месяц', 'a month'],
  months: ['несколько месяцев', 'several months'],
};

const OUTCOMES: Words<'NOT_DONE' | 'CARRIED_OVER'> = {
  NOT_DONE: ['не выполнено', 'not done'],
  CARRIED_OVER: ['переносится', 'carried over'],
};

const LOG_PROBLEMS: Words<string> = {
  NO_ANCHOR: ['нет якоря', 'no anchor'],
  ANCHOR_NOT_OURS: ['якорь не читается или чужой', 'the anchor is unreadable or foreign'],
  OTHER_CHRONICLE: ['якорь другой летописи', 'the anchor of another chronicle'],
  OTHER_KEY: ['другой ключ журнала', 'another key of the log'],
  CHECKPOINT_NOT_OURS: ['контрольная точка подписана другим ключом', 'the checkpoint is signed by another key'],
  CUT: ['записей меньше, чем в якоре', 'fewer entries than in the anchor'],
  REWRITTEN: ['записи отличаются от якоря', 'the entries differ from the anchor'],
};

/** Words for the values of fields, by the name of the field. Values that are not here stay as they are. */
const WORDS: ReadonlyMap<string, Readonly<Record<string, Sentence>>> = new Map<
  string,
  Readonly<Record<string, Sentence>>
>([
  ['status', STATUSES],
  ['kind', KINDS],
  ['per', UNITS],
  ['type', DOCUMENT_TYPES],
  ['state', STAMP_STATES],
  ['periodKind', PERIOD_KINDS],
  ['ground', GROUNDS],
  ['closingRule', CLOSING_RULES],
  ['deadlineDay', DEADLINE_DAYS],
  ['paperDue', PAPER_DUE],
  ['lateness', LATENESS],
  ['form', FORMS],
  ['outcome', OUTCOMES],
  ['problem', LOG_PROBLEMS],
  ['role', ROLE_TEXTS satisfies Words<Role>],
  ['accountable', { owner: ['владелец плана', 'the owner of the plan'] }],
  ['scope', { all: ['всех организаций', 'of all organisations'] }],
  ['eventTypes', { all: ['все', 'all'] }],
  ['until', { never: ['бессрочно', 'never ends'] }],
  ...['excluded', 'interim', 'late', 'atLeast', 'isCouncil', 'accepterMayBeReporter'].map(
    (name) => [name, YES_OR_NO] as const,
  ),
]);

const DAYS = new Set([
  ...['actualOn', 'expectedOn', 'requestedOn', 'submittedOn', 'issuedOn', 'underControlFrom', 'date', 'dates'],
  ...['days', 'daysOff', 'workingDays', 'start', 'end'],
]);
const MOMENTS = new Set(['until', 'previousUntil']);

/** Returns true if a changed field is shown to people. Sort keys are not: they say nothing beside the other rows. */
export function isShownField({ path }: { readonly path: string }): boolean {
  return !/(?:^(?:activities|sections)\[[^\]]*\]\.order)$/.test(path);
}

/** Returns the value of a changed field in words. What people wrote stays as it is, whatever the printed column is named. */
export function fieldValue(path: string, value: PrintedText, language: Language): PrintedText {
  const [text] = value;
  const field = path.replace(/^activities\[[^\]]*\]\.?/, '').replace(/\[[^[\]]*\]/g, '');
  if (typeof text !== 'string' || value.length > 1 || /^(?:extras|merged)\b/.test(field)) return value;
  const name = field.slice(field.lastIndexOf('.') + 1);
  return [valueText(name, text, language)];
}

function valueText(name: string, text: string, language: Language): string {
  const words = Object.entries(WORDS.get(name) ?? {}).find(([value]) => value === text)?.[1];
  if (words) return translation(words, language);
  if (name === 'schedule') {
    const [kind = '', ...rest] = text.split(' ');
    return readingText({ kind, interpretation: rest.join(' ') }, language);
  }
  if (name === 'rule') return recurrenceText(text, language);
  if (name === 'answerWithin') return answerTimeText(text, language);
  if (DAYS.has(name) && language === 'ru') return text.replace(/\d{4}-\d\d-\d\d/g, dayText);
  if (MOMENTS.has(name))
    return text.replace(
      /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):.*$/,
      (_, day: string, time: string) => `${dayText(day)} ${time} (UTC)`,
    );
  return text;
}
