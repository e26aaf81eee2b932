import type { HolderRole } from '../../domain/access/holder.js';
import type { Role } from '../../domain/actor.js';
import type { PlacedStamp, RouteStep, StampKind } from '../../domain/approval.js';
import type { RowChange } from '../../domain/comparison.js';
import type { DocumentType } from '../../domain/documents.js';
import type { PartyKind } from '../../domain/parties.js';
import type { AmendmentKind, PeriodKind, PlanStatus, Report, RescheduleRequest } from '../../domain/plan.js';
import type { Confidence, QuotaUnit, Schedule } from '../../domain/schedule.js';
import type { DeadlineDay, LatenessRule, PaperDueRule, SchoolTerm } from '../../domain/settings.js';
import type { ClosingRule, Evidence, Timing } from '../../domain/timing.js';
import { enumOf } from './enumOf.js';

const ROLE_WORDS: Readonly<Record<HolderRole, string>> = {
  methodologist: 'Prepares plans, marks work as done, submits reports.',
  director: 'Agrees, approves, amends and closes plans, decides on reports and requests.',
  department: 'Agrees and returns plans, decides on reports, issues reports on organisations.',
  auditor: 'Reads plans, the audit trail and who read names; changes nothing.',
  integrator: 'Another system that copies plans: reads them and their changes.',
  dashboard: 'A screen that shows plans and figures.',
  administrator: 'Gives every command, among them those about access and organisations.',
};

export const RoleEnum = enumOf<HolderRole>('Role', 'What a person or program may be here.', ROLE_WORDS);
export const ActingRoleEnum = enumOf<Role>(
  'ActingRole',
  'In what role somebody acts: a role of access, or SYSTEM, the server itself.',
  { ...ROLE_WORDS, system: 'The server itself, such as its watch over due days.' },
);
export const ReportStatusEnum = enumOf<Report['status']>('ReportStatus', 'Status of an execution report.', {
  SUBMITTED: 'Submitted, not decided yet.',
  ACCEPTED: 'Accepted: снято с контроля.',
  RETURNED: 'Returned with a remark: another report is needed.',
  WITHDRAWN: 'Withdrawn before a decision by the person who submitted it.',
});
export const RequestStatusEnum = enumOf<RescheduleRequest['status']>(
  'RequestStatus',
  'Status of a request for another timeframe.',
  {
    OPEN: 'Not decided yet.',
    GRANTED: 'Granted: the new term is in force.',
    REFUSED: 'Refused: the term stays as it is.',
  },
);
export const StampStateEnum = enumOf<PlacedStamp['state']>('StampState', 'Where a stamp comes from.', {
  PRINTED: 'Printed on the imported document, not confirmed here.',
  GIVEN: 'Given here.',
  CONFIRMED: 'Printed on the imported document, and confirmed here.',
});
export const PeriodKindEnum = enumOf<PeriodKind>('PeriodKind', 'What the period of a plan is.', {
  SCHOOL_YEAR: 'A school year, such as 2020-2021.',
  CALENDAR_YEAR: 'A calendar year.',
  OTHER: 'Any other period.',
});
export const PlanStatusEnum = enumOf<PlanStatus>('PlanStatus', 'Status of a plan.', {
  DRAFT: 'In preparation: its content changes freely.',
  ON_AGREEMENT: 'Submitted: the steps of its route agree, or return it.',
  AGREED: 'Every step of its route has agreed: it can be approved.',
  APPROVED: 'In force: its content changes by amendments only.',
  CLOSED: 'Its period is over, and each point is done, not done or carried over.',
  WITHDRAWN: 'Given up before it was approved.',
  CANCELLED: 'Was approved, and is no longer in force.',
});
export const TimingEnum = enumOf<Timing>('Timing', 'State of a control point on a day, by the calendar.', {
  NOT_DATED: 'Its timeframe has no days.',
  NOT_TRACKED: 'It was due before the plan came under control here.',
  PLANNED: 'Open: its window has not begun.',
  IN_WINDOW: 'Open: its window has begun, and it is not due soon.',
  DUE_SOON: 'Open: due within the days that the organisation has set (`dueSoonDays`).',
  DUE_TODAY: 'Open: due on this day, which is still in time.',
  OVERDUE: 'Open: its due day has passed.',
  DONE_ON_TIME: 'Done by its due day.',
  DONE_LATE: 'Done after its due day.',
  NOT_DONE: 'Left undone when the plan was closed.',
  EXCLUDED: 'Its activity was excluded from the plan, or the plan was cancelled.',
  CARRIED_OVER: 'Carried over to another plan when the plan was closed.',
});
export const EvidenceEnum = enumOf<Evidence>('Evidence', 'What is known of the work itself.', {
  NONE: 'Nothing is known.',
  COMPLETION_MARKED: 'It is marked as done.',
  REPORTED: 'A report was submitted, and is not decided yet.',
  RETURNED: 'The report was returned: the work counts as open.',
  ACCEPTED: 'The report was accepted.',
});
export const RowChangeEnum = enumOf<RowChange>('RowChange', 'What may differ in a row between two times of a plan.', {
  ADDED: 'The row is new.',
  REMOVED: 'The row left a draft.',
  EXCLUDED: 'The row was excluded from an approved plan.',
  REWORDED: 'Its title or its sub-items differ.',
  RESCHEDULED: 'Its timeframe differs.',
  REASSIGNED: 'Its responsible parties differ.',
  MOVED: 'It stands in another place or section.',
  EVIDENCE: 'More or less is known of the work.',
});
export const TextChangeEnum = enumOf<'removed' | 'added'>('TextChange', 'What became of a part of a text.', {
  removed: 'It is only in the text before.',
  added: 'It is only in the text after.',
});
export const PartyKindEnum = enumOf<PartyKind>('PartyKind', 'What a responsible party is.', {
  org: 'An organisation.',
  unit: 'A unit of an organisation.',
  role: 'A post.',
  group: 'A group of persons, posts or organisations.',
  person: 'A named person.',
});
export const DocumentTypeEnum = enumOf<DocumentType>('DocumentType', 'Kind of a document.', {
  order: 'Приказ.',
  directive: 'Распоряжение.',
  resolution: 'Постановление.',
  protocol: 'Протокол: minutes of a meeting.',
  regulation: 'Положение.',
  letter: 'Письмо.',
  other: 'Another document.',
});
export const StampKindEnum = enumOf<StampKind>('StampKind', 'What a stamp says.', {
  approve: '«Утверждаю»: approved.',
  agree: '«Согласовано»: agreed.',
  accept: '«Принято»: accepted by a council.',
  consider: '«Рассмотрено»: considered.',
});
export const RouteKindEnum = enumOf<RouteStep['kind']>('RouteStepKind', 'What a step of the route does.', {
  agree: 'Agrees: «Согласовано».',
  accept: 'Accepts: «Принято».',
  consider: 'Considers: «Рассмотрено».',
});
export const ScheduleKindEnum = enumOf<Schedule['kind']>(
  'ScheduleKind',
  'The kinds of schedules that a timeframe may mean.',
  {
    dates: 'One day, a range of days, or one or more whole months.',
    deadline: 'By a day: «до 15.09».',
    recurring: 'Again and again by a rule: «ежемесячно».',
    quota: 'A number of times in each period: «2 раза в квартал».',
    throughout: 'During the whole of a window: «в течение года».',
    onDemand: 'Whenever it is asked for: «по запросам».',
    external: 'By the days of another document: «по графику».',
    unknown: 'Not understood.',
  },
);
export const QuotaUnitEnum = enumOf<QuotaUnit>('QuotaUnit', 'What a quota is counted per.', {
  day: 'A day.',
  week: 'A week.',
  month: 'A calendar month.',
  quarter: 'A calendar quarter (квартал).',
  halfYear: 'A half of the year.',
  year: 'A year.',
  term: 'A school term (четверть).',
  trimester: 'A trimester.',
});
export const ConfidenceEnum = enumOf<Confidence>('Confidence', 'How certain the reading of a wording is.', {
  certain: 'It has one meaning.',
  assumed: 'It has other possible meanings, or a part of it was assumed.',
  unknown: 'It is not understood.',
});
export const OutcomeEnum = enumOf<'NOT_DONE' | 'CARRIED_OVER'>(
  'ClosingOutcomeKind',
  'How an open point is left when a plan is closed.',
  { NOT_DONE: 'It is left undone.', CARRIED_OVER: 'It is carried over to another plan.' },
);
export const ClosingRuleEnum = enumOf<ClosingRule>('ClosingRule', 'The weakest evidence that closes a control point.', {
  COMPLETION: 'A mark that it is done.',
  REPORT: 'A submitted report.',
  ACCEPTANCE: 'An accepted report.',
});
export const DeadlineDayEnum = enumOf<DeadlineDay>('DeadlineDay', 'Whether «до D» includes D.', {
  INCLUDED: 'D is the last day in time.',
  EXCLUDED: 'The day before D is the last day in time.',
});
export const PaperDueRuleEnum = enumOf<PaperDueRule>('PaperDueRule', 'Where a due day goes that is a day off.', {
  WORKING_DAY_BEFORE: 'To the working day before it, as in document control.',
  WORKING_DAY_AFTER: 'To the working day after it, as in civil law.',
  SAME_DAY: 'It stays.',
});
export const LatenessRuleEnum = enumOf<LatenessRule>('LatenessRule', 'By which day lateness is counted.', {
  DUE: 'By the due day of the plan.',
  PAPER_DUE: 'By the due day that was moved off a day off.',
});
export const TermKindEnum = enumOf<SchoolTerm['kind']>('SchoolTermKind', 'What a school term is.', {
  term: 'Четверть.',
  trimester: 'Триместр.',
});
export const EditionItemKindEnum = enumOf<AmendmentKind>('EditionItemKind', 'What an item of an order does.', {
  ADD: 'Adds a row: дополнить.',
  RESTATE: 'States a row in other words: изложить в редакции.',
  RESCHEDULE: 'Moves the timeframe: перенести.',
  REASSIGN: 'Replaces the responsible parties: заменить ответственных.',
  MOVE: 'Moves a row: переместить.',
  EXCLUDE: 'Excludes a row: исключить.',
});
