import type { Role } from '../../domain/actor.js';
import type { PlacedStamp, StampKind } from '../../domain/approval.js';
import { dayText } from '../../domain/dates.js';
import type { DocumentType } from '../../domain/documents.js';
import type { PeriodReportKind } from '../../domain/indicators/periodReport.js';
import { type Language, type Sentence, translation } from '../../domain/language.js';
import type { PartyKind } from '../../domain/parties.js';
import type { LegalGround } from '../../domain/person/events.js';
import type { PrintedText } from '../../domain/personal.js';
import {
  numberInActivity,
  type PeriodKind,
  type PlanStatus,
  type Report,
  type RescheduleRequest,
} from '../../domain/plan.js';
import { recurrenceText } from '../../domain/recurrenceText.js';
import type { DatesForm, QuotaUnit, Schedule } from '../../domain/schedule.js';
import { answerTimeText, readingText } from '../../domain/scheduleText.js';
import type { DeadlineDay, LatenessRule, PaperDueRule, SchoolTerm } from '../../domain/settings.js';
import type { ClosingRule } from '../../domain/timing.js';
import { ROLE_TEXTS } from './roles.js';

type FieldWords<Value extends string> = Readonly<Record<Value, Sentence>>;

type AnyStatus = PlanStatus | Report['status'] | RescheduleRequest['status'] | 'ACTIVE' | 'REVOKED' | 'REGISTERED';

const STATUS_VALUES: FieldWords<AnyStatus> = {
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

const KIND_VALUES: FieldWords<PeriodReportKind | StampKind | SchoolTerm['kind'] | Schedule['kind'] | PartyKind> = {
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
  org: ['организация', 'organisation'],
  unit: ['подразделение', 'unit'],
  role: ['должность', 'post'],
  group: ['группа', 'group'],
  person: ['человек', 'person'],
};

const YES_OR_NO: FieldWords<'true' | 'false'> = { true: ['да', 'yes'], false: ['нет', 'no'] };

const UNIT_VALUES: FieldWords<QuotaUnit> = {
  day: ['день', 'day'],
  week: ['неделя', 'week'],
  month: ['месяц', 'month'],
  quarter: ['квартал', 'quarter'],
  halfYear: ['полугодие', 'half-year'],
  year: ['год', 'year'],
  term: ['четверть', 'school term'],
  trimester: ['триместр', 'trimester'],
};

const DOCUMENT_TYPE_VALUES: FieldWords<DocumentType> = {
  order: ['приказ', 'order'],
  directive: ['распоряжение', 'directive'],
  resolution: ['постановление', 'resolution'],
  protocol: ['протокол', 'protocol'],
  regulation: ['положение', 'regulation'],
  letter: ['письмо', 'letter'],
  other: ['документ', 'document'],
};

const STAMP_STATE_VALUES: FieldWords<PlacedStamp['state']> = {
  PRINTED: ['напечатан на документе', 'printed on the document'],
  GIVEN: ['поставлен здесь', 'given here'],
  CONFIRMED: ['напечатан и подтверждён здесь', 'printed, and confirmed here'],
};

const PERIOD_KIND_VALUES: FieldWords<PeriodKind> = {
  SCHOOL_YEAR: ['учебный год', 'school year'],
  CALENDAR_YEAR: ['календарный год', 'calendar year'],
  OTHER: ['другой период', 'another period'],
};

const GROUND_VALUES: FieldWords<LegalGround> = {
  CONSENT_WITHDRAWN: ['согласие отозвано', 'consent withdrawn'],
  PURPOSE_ACHIEVED: ['цель обработки достигнута', 'purpose achieved'],
  UNLAWFUL: ['обработка неправомерна', 'unlawful processing'],
  DEMAND_OF_PERSON: ['требование человека', 'demand of the person'],
  DECISION_OF_AUTHORITY: ['решение суда или надзорного органа', 'decision of a court or authority'],
};

const CLOSING_RULE_VALUES: FieldWords<ClosingRule> = {
  COMPLETION: ['отметка о выполнении', 'a mark that it is done'],
  REPORT: ['представленный отчёт', 'a submitted report'],
  ACCEPTANCE: ['принятый отчёт', 'an accepted report'],
};

const DEADLINE_DAY_VALUES: FieldWords<DeadlineDay> = {
  INCLUDED: ['включая названный день', 'the day included'],
  EXCLUDED: ['не включая названный день', 'the day excluded'],
};

const PAPER_DUE: FieldWords<PaperDueRule> = {
  WORKING_DAY_BEFORE: ['на предыдущий рабочий день', 'the working day before'],
  WORKING_DAY_AFTER: ['на следующий рабочий день', 'the working day after'],
  SAME_DAY: ['не переносится', 'the same day'],
};

const LATENESS_VALUES: FieldWords<LatenessRule> = {
  DUE: ['по сроку плана', 'by the due day of the plan'],
  PAPER_DUE: ['по сроку, перенесённому с выходного дня', 'by the due day moved off a day off'],
};

const FORM_VALUES: FieldWords<DatesForm> = {
  date: ['день', 'a day'],
  range: ['с одного дня по другой', 'a range of days'],
  month: ['месяц', 'a month'],
  months: ['несколько месяцев', 'several months'],
};

const OUTCOME_VALUES: FieldWords<'NOT_DONE' | 'CARRIED_OVER'> = {
  NOT_DONE: ['не выполнено', 'not done'],
  CARRIED_OVER: ['переносится', 'carried over'],
};

const LOG_PROBLEM_VALUES: FieldWords<string> = {
  NO_ANCHOR: ['нет якоря', 'no anchor'],
  ANCHOR_NOT_OURS: ['якорь не читается или чужой', 'the anchor is unreadable or foreign'],
  OTHER_CHRONICLE: ['якорь другой летописи', 'the anchor of another chronicle'],
  OTHER_KEY: ['другой ключ журнала', 'another key of the log'],
  CHECKPOINT_NOT_OURS: ['контрольная точка подписана другим ключом', 'the checkpoint is signed by another key'],
  CUT: ['записей меньше, чем в якоре', 'fewer entries than in the anchor'],
  REWRITTEN: ['записи отличаются от якоря', 'the entries differ from the anchor'],
};

/** Words for the values of fields, by the name of the field. Values that are not listed are printed unchanged. */
const VALUES_OF_FIELDS: ReadonlyMap<string, Readonly<Record<string, Sentence>>> = new Map<
  string,
  Readonly<Record<string, Sentence>>
>([
  ['status', STATUS_VALUES],
  ['kind', KIND_VALUES],
  ['per', UNIT_VALUES],
  ['type', DOCUMENT_TYPE_VALUES],
  ['state', STAMP_STATE_VALUES],
  ['periodKind', PERIOD_KIND_VALUES],
  ['ground', GROUND_VALUES],
  ['closingRule', CLOSING_RULE_VALUES],
  ['deadlineDay', DEADLINE_DAY_VALUES],
  ['paperDue', PAPER_DUE],
  ['lateness', LATENESS_VALUES],
  ['form', FORM_VALUES],
  ['outcome', OUTCOME_VALUES],
  ['problem', LOG_PROBLEM_VALUES],
  ['role', ROLE_TEXTS satisfies FieldWords<Role>],
  ['accountable', { owner: ['владелец плана', 'the owner of the plan'] }],
  ['scope', { all: ['всех организаций', 'of all organisations'] }],
  ['eventTypes', { all: ['все', 'all'] }],
  ['until', { never: ['бессрочно', 'never ends'] }],
  ...['excluded', 'interim', 'late', 'atLeast', 'isCouncil', 'accepterMayBeReporter', 'agreement', 'joint'].map(
    (name) => [name, YES_OR_NO] as const,
  ),
]);

const DAY_FIELDS = new Set([
  ...['actualOn', 'expectedOn', 'requestedOn', 'submittedOn', 'issuedOn', 'underControlFrom', 'date', 'dates'],
  ...['days', 'daysOff', 'workingDays', 'start', 'end'],
]);
/** The fields that contain ids, with the kind of the named thing. */
const ID_FIELDS: ReadonlyMap<string, string> = new Map([
  ['organisationId', 'organisation'],
  ['parentId', 'organisation'],
  ['scope', 'organisation'],
  ['planId', 'plan'],
  ['formerIds', 'access'],
]);
/** The fields that contain ids of control points within their activity, such as `a3.1`. */
const POINT_FIELDS = new Set(['pointId', 'points']);
const MOMENT_FIELDS = new Set(['until', 'previousUntil']);

/**
 * Returns true if a changed field is shown to people. Sort keys are not shown: they have no meaning without the other
 * rows.
 */
export function isShownField({ path }: { readonly path: string }): boolean {
  return !/(?:^(?:activities|sections)\[[^\]]*\]\.order)$/.test(path);
}

/**
 * Returns the value of a changed field in words: ids as the API gives them, control points by their numbers in the
 * activity. Texts that people wrote are not changed.
 */
export function fieldInWords(path: string, value: PrintedText, language: Language): PrintedText {
  const [text] = value;
  const field = path.replace(/^activities\[[^\]]*\]\.?/, '').replace(/\[[^[\]]*\]/g, '');
  if (typeof text !== 'string' || value.length > 1 || /^(?:extras|merged)\b/.test(field)) return value;
  const name = field.slice(field.lastIndexOf('.') + 1);
  return [valueInWords(name, text, language)];
}

function valueInWords(name: string, text: string, language: Language): string {
  const words = Object.entries(VALUES_OF_FIELDS.get(name) ?? {}).find(([value]) => value === text)?.[1];
  if (words) return translation(words, language);
  if (name === 'schedule') {
    const [kind = '', ...rest] = text.split(' ');
    return readingText({ kind, interpretation: rest.join(' ') }, language);
  }
  const kind = ID_FIELDS.get(name);
  if (kind !== undefined) return text.replace(/[^, ]+/g, (id) => `${kind}_${id}`);
  if (POINT_FIELDS.has(name)) return text.split(', ').map(numberInActivity).join(', ');
  if (name === 'rule') return recurrenceText(text, language);
  if (name === 'answerWithin') return answerTimeText(text, language);
  if (DAY_FIELDS.has(name) && language === 'ru') return text.replace(/\d{4}-\d\d-\d\d/g, dayText);
  if (MOMENT_FIELDS.has(name))
    return text.replace(
      /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):.*$/,
      (_, day: string, time: string) => `${dayText(day)} ${time} (UTC)`,
    );
  return text;
}
