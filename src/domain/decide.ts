import type { Given } from './actor.js';
import type { DraftChange, PlanCommand, PlanCommandType } from './commands.js';
import { amendPlan, at, changeContent } from './decide/amendment.js';
import {
  agreePlan,
  approvePlan,
  cancelPlan,
  closePlan,
  confirmPrintedApproval,
  returnPlan,
  submitPlan,
  withdrawPlan,
} from './decide/approval.js';
import { circumstances, fewEnough } from './decide/checks.js';
import { resolveWording } from './decide/content.js';
import { copyPlan } from './decide/copy.js';
import { noticeMissedDeadlines } from './decide/deadlines.js';
import {
  abandonImport,
  addSection,
  assignPlan,
  changePlanDetails,
  changeSection,
  draftPlan,
  importPlan,
  removeActivity,
  removeSection,
} from './decide/draft.js';
import {
  acceptReport,
  completeActivity,
  confirmAccountable,
  recordProgress,
  returnReport,
  submitReport,
  withdrawCompletion,
  withdrawReport,
} from './decide/execution.js';
import { issuePeriodReport } from './decide/periodReport.js';
import { grantReschedule, refuseReschedule, requestReschedule } from './decide/requests.js';
import type { PlanEvent } from './events.js';
import { evolve } from './evolve.js';
import { type ExistingPlan, MAX_ACTIVITIES, MAX_EVENTS, NO_PLAN, type Plan, type PlanStatus } from './plan.js';
import { accept, type Decision, refuse } from './refusal.js';

const CONTENT: readonly PlanStatus[] = ['DRAFT', 'APPROVED'];

/** The statuses in which a command may be carried out (field notes 2.3); ABSENT is a plan not yet begun. */
export const ALLOWED_IN: Readonly<Record<PlanCommandType, readonly Plan['status'][]>> = {
  draftPlan: ['ABSENT'],
  importPlan: ['ABSENT'],
  copyPlan: ['ABSENT'],
  // Of a plan that is not there yet: see `beforeItIsWhole`.
  abandonImport: [],
  assignPlan: ['DRAFT', 'ON_AGREEMENT', 'AGREED', 'APPROVED', 'CLOSED'],
  changePlanDetails: ['DRAFT'],
  addSection: ['DRAFT'],
  changeSection: ['DRAFT'],
  removeSection: ['DRAFT'],
  removeActivity: ['DRAFT'],
  reviseDraft: ['DRAFT'],
  addActivity: CONTENT,
  rewordActivity: CONTENT,
  rescheduleActivity: CONTENT,
  reassignActivity: CONTENT,
  moveActivity: CONTENT,
  excludeActivity: ['APPROVED'],
  submitPlan: ['DRAFT'],
  agreePlan: ['ON_AGREEMENT'],
  returnPlan: ['ON_AGREEMENT', 'AGREED'],
  approvePlan: ['ON_AGREEMENT', 'AGREED'],
  confirmPrintedApproval: ['DRAFT'],
  amendPlan: ['APPROVED'],
  confirmAccountable: ['DRAFT', 'APPROVED'],
  resolveWording: CONTENT,
  completeActivity: ['APPROVED'],
  recordProgress: ['APPROVED'],
  withdrawCompletion: ['APPROVED'],
  submitReport: ['APPROVED', 'CLOSED'],
  withdrawReport: ['APPROVED', 'CLOSED'],
  acceptReport: ['APPROVED', 'CLOSED'],
  returnReport: ['APPROVED', 'CLOSED'],
  closePlan: ['APPROVED'],
  withdrawPlan: ['DRAFT', 'ON_AGREEMENT', 'AGREED'],
  cancelPlan: ['APPROVED'],
  requestReschedule: ['APPROVED'],
  grantReschedule: ['APPROVED'],
  refuseReschedule: ['APPROVED'],
  issuePeriodReport: ['APPROVED', 'CLOSED', 'CANCELLED'],
  noticeMissedDeadlines: ['APPROVED'],
};

/**
 * What happens when a command meets a plan: events to append, or a refusal. Pure, and total: every
 * command has an answer in every state.
 */
export function decide(plan: Plan, command: PlanCommand, given: Given): Decision {
  if (plan.status !== 'ABSENT' && plan.presence !== 'WHOLE') return beforeItIsWhole(plan, command, given);
  const allowed = ALLOWED_IN[command.type];
  if (!allowed.includes(plan.status)) {
    if (command.type === 'abandonImport') return refuse('IMPORT_NOT_FOUND', 'planId');
    if (plan.status === 'ABSENT') return refuse('PLAN_NOT_FOUND', 'planId');
    return allowed.includes('ABSENT')
      ? refuse(command.type === 'importPlan' ? 'ALREADY_IMPORTED' : 'PLAN_EXISTS')
      : refuse('WRONG_STATUS', null, { status: plan.status, allowed: allowed.join(', ') });
  }
  const refused = circumstances(given);
  if (refused) return refused;
  const decision = plan.status === 'ABSENT' ? begin(command, given) : continueWith(plan, command, given);
  return plan.status !== 'ABSENT' &&
    decision.kind === 'accepted' &&
    plan.eventCount + decision.events.length > MAX_EVENTS
    ? refuse('PLAN_TOO_LARGE', null, { max: MAX_EVENTS })
    : decision;
}

/** Only the import itself meets a plan whose import is not finished; to all others there is none. */
function beforeItIsWhole(plan: ExistingPlan, command: PlanCommand, given: Given): Decision {
  switch (command.type) {
    case 'importPlan':
      return circumstances(given) ?? importPlan(plan, command, given);
    case 'abandonImport':
      return plan.presence === 'IMPORTING' ? abandonImport(plan) : refuse('IMPORT_NOT_FOUND', 'planId');
    default:
      return refuse('PLAN_NOT_FOUND', 'planId');
  }
}

function begin(command: PlanCommand, given: Given): Decision {
  switch (command.type) {
    case 'draftPlan':
      return draftPlan(command, given);
    case 'importPlan':
      return importPlan(NO_PLAN, command, given);
    case 'copyPlan':
      return copyPlan(command, given);
    case 'abandonImport':
      return refuse('IMPORT_NOT_FOUND', 'planId');
    default:
      return refuse('PLAN_NOT_FOUND', 'planId');
  }
}

function continueWith(plan: Exclude<Plan, { status: 'ABSENT' }>, command: PlanCommand, given: Given): Decision {
  switch (command.type) {
    case 'draftPlan':
    case 'copyPlan':
      return refuse('PLAN_EXISTS');
    case 'importPlan':
      return refuse('ALREADY_IMPORTED');
    case 'abandonImport':
      return refuse('IMPORT_NOT_FOUND', 'planId');
    case 'assignPlan':
      return assignPlan(plan, command, given);
    case 'changePlanDetails':
      return changePlanDetails(plan, command);
    case 'addSection':
      return addSection(plan, command);
    case 'changeSection':
      return changeSection(plan, command);
    case 'removeSection':
      return removeSection(plan, command);
    case 'removeActivity':
      return removeActivity(plan, command);
    case 'reviseDraft':
      return reviseDraft(plan, command.changes, given);
    case 'addActivity':
    case 'rewordActivity':
    case 'rescheduleActivity':
    case 'reassignActivity':
    case 'moveActivity':
    case 'excludeActivity':
      return changeContent(plan, command, given);
    case 'submitPlan':
      return submitPlan(plan, command);
    case 'agreePlan':
      return agreePlan(plan, command, given);
    case 'returnPlan':
      return returnPlan(plan, command);
    case 'approvePlan':
      return approvePlan(plan, command, given);
    case 'confirmPrintedApproval':
      return confirmPrintedApproval(plan, command, given);
    case 'amendPlan':
      return amendPlan(plan, command.changes, given);
    case 'resolveWording':
      return resolveWording(plan, command);
    case 'confirmAccountable':
      return confirmAccountable(plan, command);
    case 'completeActivity':
      return completeActivity(plan, command, given);
    case 'recordProgress':
      return recordProgress(plan, command, given);
    case 'withdrawCompletion':
      return withdrawCompletion(plan, command, given);
    case 'submitReport':
      return submitReport(plan, command, given);
    case 'withdrawReport':
      return withdrawReport(plan, command, given);
    case 'acceptReport':
      return acceptReport(plan, command, given);
    case 'returnReport':
      return returnReport(plan, command, given);
    case 'closePlan':
      return closePlan(plan, command, given);
    case 'withdrawPlan':
      return withdrawPlan(given);
    case 'cancelPlan':
      return cancelPlan(given);
    case 'requestReschedule':
      return requestReschedule(plan, command, given);
    case 'grantReschedule':
      return grantReschedule(plan, command, given);
    case 'refuseReschedule':
      return refuseReschedule(plan, command, given);
    case 'issuePeriodReport':
      return issuePeriodReport(plan, command, given);
    case 'noticeMissedDeadlines':
      return noticeMissedDeadlines(plan, given);
  }
}

/** Changes of a draft in their order: all of them or none. */
function reviseDraft(plan: ExistingPlan, changes: readonly DraftChange[], given: Given): Decision {
  if (changes.length === 0) return refuse('NOTHING_CHANGES');
  const tooMany = fewEnough('changes', changes, 2 * MAX_ACTIVITIES);
  if (tooMany) return tooMany;
  const events: PlanEvent[] = [];
  let revised = plan;
  for (const [index, change] of changes.entries()) {
    const decision = continueWith(revised, change, given);
    if (decision.kind === 'refused') return at(decision, `changes.${index}`);
    revised = decision.events.reduce(evolve, revised);
    events.push(...decision.events);
  }
  return accept(...events);
}
