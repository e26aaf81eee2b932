import type { PlacedStamp, StampKind } from '../../domain/approval.js';
import type { RowChange } from '../../domain/comparison.js';
import type { DocumentType } from '../../domain/documents.js';
import type { PeriodReportKind } from '../../domain/indicators/periodReport.js';
import type { Sentence } from '../../domain/language.js';
import type { PartyKind } from '../../domain/parties.js';
import type { LegalGround } from '../../domain/person/events.js';
import type { PeriodKind, PlanStatus, Report, RescheduleRequest } from '../../domain/plan.js';
import type { Confidence, DatesForm, QuotaUnit, Schedule } from '../../domain/schedule.js';
import type { DeadlineDay, LatenessRule, PaperDueRule, SchoolTerm } from '../../domain/settings.js';
import type { ClosingRule, Evidence, Timing } from '../../domain/timing.js';

/** Words in both languages for each of some values. */
export type FieldWords<Value extends string> = Readonly<Record<Value, Sentence>>;

type AnyStatus = PlanStatus | Report['status'] | RescheduleRequest['status'] | 'ACTIVE' | 'REVOKED' | 'REGISTERED';

export const STATUS_VALUES: FieldWords<AnyStatus> = {
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

export const KIND_VALUES: FieldWords<PeriodReportKind | StampKind | SchoolTerm['kind'] | Schedule['kind'] | PartyKind> =
  {
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

export const YES_OR_NO: FieldWords<'true' | 'false'> = { true: ['да', 'yes'], false: ['нет', 'no'] };

export const UNIT_VALUES: FieldWords<QuotaUnit> = {
  day: ['день', 'day'],
  week: ['неделя', 'week'],
  month: ['месяц', 'month'],
  quarter: ['квартал', 'quarter'],
  halfYear: ['полугодие', 'half-year'],
  year: ['год', 'year'],
  term: ['четверть', 'school term'],
  trimester: ['триместр', 'trimester'],
};

export const DOCUMENT_TYPE_VALUES: FieldWords<DocumentType> = {
  order: ['приказ', 'order'],
  directive: ['распоряжение', 'directive'],
  resolution: ['постановление', 'resolution'],
  protocol: ['протокол', 'protocol'],
  regulation: ['положение', 'regulation'],
  letter: ['письмо', 'letter'],
  other: ['документ', 'document'],
};

export const STAMP_STATE_VALUES: FieldWords<PlacedStamp['state']> = {
  PRINTED: ['напечатан на документе', 'printed on the document'],
  GIVEN: ['поставлен здесь', 'given here'],
  CONFIRMED: ['напечатан и подтверждён здесь', 'printed, and confirmed here'],
};

export const PERIOD_KIND_VALUES: FieldWords<PeriodKind> = {
  SCHOOL_YEAR: ['учебный год', 'school year'],
  CALENDAR_YEAR: ['календарный год', 'calendar year'],
  OTHER: ['другой период', 'another period'],
};

export const GROUND_VALUES: FieldWords<LegalGround> = {
  CONSENT_WITHDRAWN: ['согласие отозвано', 'consent withdrawn'],
  PURPOSE_ACHIEVED: ['цель обработки достигнута', 'purpose achieved'],
  UNLAWFUL: ['обработка неправомерна', 'unlawful processing'],
  DEMAND_OF_PERSON: ['требование человека', 'demand of the person'],
  DECISION_OF_AUTHORITY: ['решение суда или надзорного органа', 'decision of a court or authority'],
};

export const CLOSING_RULE_VALUES: FieldWords<ClosingRule> = {
  COMPLETION: ['отметка о выполнении', 'a mark that it is done'],
  REPORT: ['представленный отчёт', 'a submitted report'],
  ACCEPTANCE: ['принятый отчёт', 'an accepted report'],
};

export const DEADLINE_DAY_VALUES: FieldWords<DeadlineDay> = {
  INCLUDED: ['включая названный день', 'the day included'],
  EXCLUDED: ['не включая названный день', 'the day excluded'],
};

export const PAPER_DUE: FieldWords<PaperDueRule> = {
  WORKING_DAY_BEFORE: ['на предыдущий рабочий день', 'the working day before'],
  WORKING_DAY_AFTER: ['на следующий рабочий день', 'the working day after'],
  SAME_DAY: ['не переносится', 'the same day'],
};

export const LATENESS_VALUES: FieldWords<LatenessRule> = {
  DUE: ['по сроку плана', 'by the due day of the plan'],
  PAPER_DUE: ['по сроку, перенесённому с выходного дня', 'by the due day moved off a day off'],
};

export const FORM_VALUES: FieldWords<DatesForm> = {
  date: ['день', 'a day'],
  range: ['с одного дня по другой', 'a range of days'],
  month: ['месяц', 'a month'],
  months: ['несколько месяцев', 'several months'],
};

export const OUTCOME_VALUES: FieldWords<'NOT_DONE' | 'CARRIED_OVER'> = {
  NOT_DONE: ['не выполнено', 'not done'],
  CARRIED_OVER: ['переносится', 'carried over'],
};

export const TIMING_VALUES: FieldWords<Timing> = {
  NOT_DATED: ['без срока', 'without a due day'],
  NOT_TRACKED: ['до постановки на контроль', 'before it came under control'],
  PLANNED: ['запланировано', 'planned'],
  IN_WINDOW: ['выполняется', 'in progress'],
  DUE_SOON: ['скоро срок', 'due soon'],
  DUE_TODAY: ['срок сегодня', 'due today'],
  OVERDUE: ['просрочено', 'overdue'],
  DONE_ON_TIME: ['выполнено в срок', 'done on time'],
  DONE_LATE: ['выполнено с опозданием', 'done late'],
  NOT_DONE: ['не выполнено', 'not done'],
  EXCLUDED: ['исключено', 'excluded'],
  CARRIED_OVER: ['перенесено на следующий период', 'carried over'],
};

export const EVIDENCE_VALUES: FieldWords<Evidence> = {
  NONE: ['не отмечено', 'not marked'],
  COMPLETION_MARKED: ['отмечено исполнителем', 'marked as done'],
  REPORTED: ['отчёт представлен', 'reported'],
  RETURNED: ['отчёт возвращён', 'report returned'],
  ACCEPTED: ['снято с контроля', 'report accepted'],
};

export const CONFIDENCE_VALUES: FieldWords<Confidence> = {
  certain: ['срок понятен', 'certain'],
  assumed: ['предположение', 'assumed'],
  unknown: ['срок не понят', 'not understood'],
};

export const ROW_CHANGE_VALUES: FieldWords<RowChange> = {
  ADDED: ['добавлено', 'added'],
  REMOVED: ['удалено', 'removed'],
  EXCLUDED: ['исключено', 'excluded'],
  REWORDED: ['другая формулировка', 'reworded'],
  RESCHEDULED: ['другой срок', 'rescheduled'],
  REASSIGNED: ['другие ответственные', 'reassigned'],
  MOVED: ['другое место', 'moved'],
  EVIDENCE: ['исполнение', 'execution'],
};
