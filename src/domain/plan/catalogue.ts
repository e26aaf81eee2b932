import type { CommandUnion, EventUnion, Intersection } from '../capability.js';
import type { Decision } from '../refusal.js';
import { agreePlan } from './approval/agreePlan.js';
import { approvePlan } from './approval/approvePlan.js';
import { cancelPlan } from './approval/cancelPlan.js';
import { closePlan } from './approval/closePlan.js';
import { confirmPrintedApproval } from './approval/confirmPrintedApproval.js';
import { returnPlan } from './approval/returnPlan.js';
import { submitPlan } from './approval/submitPlan.js';
import { withdrawPlan } from './approval/withdrawPlan.js';
import type { PlanCapability, PlanCommandDefinition, PlanEventDefinition } from './capability.js';
import { addActivity } from './content/addActivity.js';
import { amendFromDocument } from './content/amendFromDocument.js';
import { amendPlan } from './content/amendPlan.js';
import { excludeActivity } from './content/excludeActivity.js';
import { moveActivity } from './content/moveActivity.js';
import { readTimeframesAgain } from './content/readTimeframesAgain.js';
import { reassignActivity } from './content/reassignActivity.js';
import { rescheduleActivity } from './content/rescheduleActivity.js';
import { resolveWording } from './content/resolveWording.js';
import { rewordActivity } from './content/rewordActivity.js';
import { addSection } from './drafting/addSection.js';
import { assignPlan } from './drafting/assignPlan.js';
import { changePlanDetails } from './drafting/changePlanDetails.js';
import { changeSection } from './drafting/changeSection.js';
import { copyPlan } from './drafting/copyPlan.js';
import { draftPlan } from './drafting/draftPlan.js';
import { importPlan } from './drafting/importPlan.js';
import { removeActivity } from './drafting/removeActivity.js';
import { removeSection } from './drafting/removeSection.js';
import { reviseDraft } from './drafting/reviseDraft.js';
import { acceptReport } from './execution/acceptReport.js';
import { completeActivity } from './execution/completeActivity.js';
import { confirmAccountable } from './execution/confirmAccountable.js';
import { grantReschedule } from './execution/grantReschedule.js';
import { issuePeriodReport } from './execution/issuePeriodReport.js';
import { noticeMissedDeadlines } from './execution/noticeMissedDeadlines.js';
import { recordProgress } from './execution/recordProgress.js';
import { refuseReschedule } from './execution/refuseReschedule.js';
import { requestReschedule } from './execution/requestReschedule.js';
import { returnReport } from './execution/returnReport.js';
import { submitReport } from './execution/submitReport.js';
import { withdrawCompletion } from './execution/withdrawCompletion.js';
import { withdrawReport } from './execution/withdrawReport.js';

/** Capabilities that change content: freely in a draft, as an amendment in an approved plan. */
const CONTENT = [
  addActivity,
  rewordActivity,
  rescheduleActivity,
  reassignActivity,
  moveActivity,
  excludeActivity,
] as const;

/** All capabilities of plans. Unions, dispatch, policy, upcasters and sentences are derived from this list. */
const PLAN_CAPABILITIES = [
  draftPlan,
  importPlan,
  copyPlan,
  assignPlan,
  changePlanDetails,
  addSection,
  changeSection,
  removeSection,
  removeActivity,
  reviseDraft,
  ...CONTENT,
  amendPlan,
  amendFromDocument,
  resolveWording,
  readTimeframesAgain,
  submitPlan,
  agreePlan,
  returnPlan,
  approvePlan,
  confirmPrintedApproval,
  closePlan,
  withdrawPlan,
  cancelPlan,
  confirmAccountable,
  completeActivity,
  recordProgress,
  withdrawCompletion,
  submitReport,
  withdrawReport,
  acceptReport,
  returnReport,
  requestReschedule,
  grantReschedule,
  refuseReschedule,
  issuePeriodReport,
  noticeMissedDeadlines,
] as const;

type AnyPlanCapability = (typeof PLAN_CAPABILITIES)[number];
type PlanEventsOf<C> = C extends PlanCapability<infer Events, infer _> ? Events : never;
type PlanCommandsOf<C> = C extends PlanCapability<infer _, infer Commands> ? Commands : never;

/** The data of each event type of a plan's stream, by name. */
export type PlanEventData = Intersection<PlanEventsOf<AnyPlanCapability>>;
/** The name of an event type of a plan's stream. */
export type PlanEventType = keyof PlanEventData;
/** An event of one type. */
export type PlanEventOf<T extends PlanEventType> = { readonly type: T; readonly data: PlanEventData[T] };
/** Any event of a plan's stream. */
export type PlanEvent = EventUnion<PlanEventData>;

/** The decision on a command: events to append, or a refusal. */
export type PlanDecision = Decision<PlanEvent>;

/**
 * The data of each command on a plan, by name. The circumstances of a command (who, when, why, on which basis) are in
 * `Given`.
 */
export type PlanCommandData = Intersection<PlanCommandsOf<AnyPlanCapability>>;
/** The name of a command on a plan. */
export type PlanCommandType = keyof PlanCommandData;
/** A command of one type. */
export type PlanCommandOf<T extends PlanCommandType> = { readonly type: T } & PlanCommandData[T];
/** Any command on a plan. */
export type PlanCommand = CommandUnion<PlanCommandData>;

type ContentChangeType = keyof Intersection<PlanCommandsOf<(typeof CONTENT)[number]>>;
/** A command that changes content. */
export type ContentChange = { [T in ContentChangeType]: PlanCommandOf<T> }[ContentChangeType];

/** The definition of each event type of plans. */
export const PLAN_EVENTS: { readonly [T in PlanEventType]: PlanEventDefinition<PlanEventData[T]> } = Object.assign(
  {},
  ...PLAN_CAPABILITIES.map(({ events }) => events),
);

/** The definition of each command on plans. */
export const PLAN_COMMANDS: { readonly [T in PlanCommandType]: PlanCommandDefinition<PlanCommandData[T]> } =
  Object.assign({}, ...PLAN_CAPABILITIES.map(({ commands }) => commands));

const CONTENT_COMMANDS = new Set(CONTENT.flatMap(({ commands }): string[] => Object.keys(commands)));

/** Returns true for a command that changes content. */
export function isContentChange(command: PlanCommand): command is ContentChange {
  return CONTENT_COMMANDS.has(command.type);
}

/** Returns true for the name of a command that amends an approved plan. */
export function amends(type: PlanCommandType): boolean {
  return CONTENT_COMMANDS.has(type);
}
