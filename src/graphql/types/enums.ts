import { registerEnumType } from 'type-graphql';
import { ROLES } from '../../domain/actor.js';
import { STAMP_KINDS } from '../../domain/approval.js';
import { ROW_CHANGES } from '../../domain/comparison.js';
import { DOCUMENT_TYPES } from '../../domain/documents.js';
import { INDICATORS } from '../../domain/indicators/codes.js';
import { PERIOD_REPORT_KINDS } from '../../domain/indicators/periodReport.js';
import { PARTY_KINDS } from '../../domain/parties.js';
import { PLAN_PERIOD_KINDS, PLAN_STATUSES } from '../../domain/plan.js';
import { DEADLINE_DAYS, LATENESS_RULES, PAPER_DUE_RULES } from '../../domain/settings.js';
import { CLOSING_RULES, EVIDENCES, TIMINGS } from '../../domain/timing.js';
import { LOG_PROBLEMS } from '../../engine/signing/acceptance.js';
import { WITNESS_PROBLEMS } from '../../engine/signing/cosigning.js';

/** Registers a GraphQL enum of these values. Returns the values by their names in the API. */
export function enumOf<T extends string>(values: readonly T[], name: string, description: string) {
  const entries = Object.fromEntries(
    values.map((value) => [value.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(), value]),
  );
  registerEnumType(entries, { name, description });
  return entries;
}

export const ActingRoleEnum = enumOf(
  ROLES,
  'ActingRole',
  'In what role somebody acts: a role of access, or SYSTEM, the server itself.',
);
export const ReportStatusEnum = enumOf(
  ['SUBMITTED', 'ACCEPTED', 'RETURNED', 'WITHDRAWN'] as const,
  'ReportStatus',
  'Where an execution report stands; ACCEPTED: снято с контроля.',
);
export const RequestStatusEnum = enumOf(
  ['OPEN', 'GRANTED', 'REFUSED'] as const,
  'RequestStatus',
  'Where a request for another term stands.',
);
export const StampStateEnum = enumOf(
  ['PRINTED', 'GIVEN', 'CONFIRMED'] as const,
  'StampState',
  'PRINTED on the document, GIVEN here, or printed and CONFIRMED.',
);
export const PeriodKindEnum = enumOf(PLAN_PERIOD_KINDS, 'PeriodKind', 'What the period of a plan is.');
export const PlanStatusEnum = enumOf(PLAN_STATUSES, 'PlanStatus', 'Where a plan stands.');
export const TimingEnum = enumOf(TIMINGS, 'Timing', 'Where a control point stands against the calendar on a day.');
export const EvidenceEnum = enumOf(EVIDENCES, 'Evidence', 'What is known of the work itself.');
export const RowChangeEnum = enumOf(ROW_CHANGES, 'RowChange', 'What may differ in a row between two times of a plan.');
export const TextChangeEnum = enumOf(['removed', 'added'] as const, 'TextChange', 'What became of a part of a text.');
export const PartyKindEnum = enumOf(PARTY_KINDS, 'PartyKind', 'What a responsible party is.');
export const DocumentTypeEnum = enumOf(
  DOCUMENT_TYPES,
  'DocumentType',
  'Kind of a document: приказ, распоряжение, постановление, протокол, положение, письмо, другое.',
);
export const LogProblemEnum = enumOf(LOG_PROBLEMS, 'LogProblem', 'Why the log is not signed.');
export const WitnessProblemEnum = enumOf(WITNESS_PROBLEMS, 'WitnessProblem', 'Why a witness has not cosigned.');
export const StampKindEnum = enumOf(
  STAMP_KINDS,
  'StampKind',
  'What a stamp says: Утверждаю, Согласовано, Принято, Рассмотрено.',
);
export const RouteKindEnum = enumOf(
  ['agree', 'accept', 'consider'] as const,
  'RouteStepKind',
  'What a step of the route does: Согласовано, Принято, Рассмотрено.',
);
export const ScheduleKindEnum = enumOf(
  ['dates', 'deadline', 'recurring', 'quota', 'throughout', 'onDemand', 'external', 'unknown'] as const,
  'ScheduleKind',
  'The kinds of schedules that a timeframe may mean.',
);
export const QuotaUnitEnum = enumOf(
  ['day', 'week', 'month', 'quarter', 'halfYear', 'year', 'term', 'trimester'] as const,
  'QuotaUnit',
  'What a quota is counted per; TERM is a school term (четверть), QUARTER a calendar quarter.',
);
export const OutcomeEnum = enumOf(
  ['NOT_DONE', 'CARRIED_OVER'] as const,
  'ClosingOutcomeKind',
  'How an open point is left when a plan is closed.',
);
export const ClosingRuleEnum = enumOf(
  CLOSING_RULES,
  'ClosingRule',
  'The weakest evidence that closes a control point.',
);
export const DeadlineDayEnum = enumOf(DEADLINE_DAYS, 'DeadlineDay', 'Whether «до D» includes D.');
export const PaperDueRuleEnum = enumOf(PAPER_DUE_RULES, 'PaperDueRule', 'Where a due day goes that is a day off.');
export const LatenessRuleEnum = enumOf(LATENESS_RULES, 'LatenessRule', 'By which day lateness is counted.');
export const TermKindEnum = enumOf(['term', 'trimester'] as const, 'SchoolTermKind', 'Четверть, or триместр.');
export const GroupByEnum = enumOf(
  ['PLAN', 'SECTION', 'ACCOUNTABLE', 'MONTH', 'ORGANISATION'] as const,
  'MonitoringGroupBy',
  'What figures are grouped by.',
);
export const IndicatorEnum = enumOf(
  INDICATORS,
  'IndicatorCode',
  'Indicators of execution; docs/monitoring.md has the formula of each.',
);
export const FigureUnitEnum = enumOf(
  ['SHARE', 'DAYS', 'MEDIAN_DAYS'] as const,
  'FigureUnit',
  'What a value is: a share from 0 to 1, days on an average, or the middle one of several delays in days.',
);
export const PeriodReportKindEnum = enumOf(
  PERIOD_REPORT_KINDS,
  'PeriodReportKind',
  'The period a report is issued on.',
);
export const EditionItemKindEnum = enumOf(
  ['ADD', 'RESTATE', 'RESCHEDULE', 'REASSIGN', 'MOVE', 'EXCLUDE'] as const,
  'EditionItemKind',
  'What an item of an order does: дополнить, изложить в редакции, перенести, заменить ответственных, переместить, исключить.',
);
