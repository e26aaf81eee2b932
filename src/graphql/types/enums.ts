import { registerEnumType } from 'type-graphql';
import { STAMP_KINDS } from '../../domain/approval.js';
import { DOCUMENT_TYPES } from '../../domain/documents.js';
import { PARTY_KINDS } from '../../domain/parties.js';
import { PLAN_STATUSES } from '../../domain/plan.js';
import { EVIDENCES, TIMINGS } from '../../domain/timing.js';

function enumOf<T extends string>(values: readonly T[], name: string, description: string) {
  const entries = Object.fromEntries(
    values.map((value) => [value.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(), value]),
  );
  registerEnumType(entries, { name, description });
  return entries;
}

export const PlanStatusEnum = enumOf(PLAN_STATUSES, 'PlanStatus', 'Where a plan stands.');
export const TimingEnum = enumOf(TIMINGS, 'Timing', 'Where a control point stands against the calendar on a day.');
export const EvidenceEnum = enumOf(EVIDENCES, 'Evidence', 'What is known of the work itself.');
export const PartyKindEnum = enumOf(PARTY_KINDS, 'PartyKind', 'What a responsible party is.');
export const DocumentTypeEnum = enumOf(
  DOCUMENT_TYPES,
  'DocumentType',
  'Kind of a document: приказ, распоряжение, постановление, протокол, положение, письмо, другое.',
);
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
export const PlanOrderEnum = enumOf(['TITLE', 'UPDATED_AT', 'PERIOD_START'] as const, 'PlanOrder', 'Orders of plans.');
export const ActivityOrderEnum = enumOf(
  ['PLAN_ORDER', 'DUE'] as const,
  'ActivityOrder',
  'Orders of activities: as printed (PLAN_ORDER), or by the day they are due.',
);
export const GroupByEnum = enumOf(
  ['PLAN', 'SECTION', 'ACCOUNTABLE', 'MONTH'] as const,
  'MonitoringGroupBy',
  'What figures are grouped by.',
);
