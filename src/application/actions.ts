import type { Actor, Role } from '../domain/actor.js';
import { allowedIn } from '../domain/decide.js';
import type { ActivityStanding } from '../domain/plan/capability.js';
import { PLAN_COMMANDS, type PlanCommandType } from '../domain/plan/catalogue.js';
import { mayBeAcceptedBy, mayBeWithdrawnBy } from '../domain/plan/execution/reportRules.js';
import type { ExistingPlan, PlanStatus, Report, RescheduleRequest } from '../domain/plan.js';
import { type CommandName, isCommandName, mayCommand } from './policy.js';

/**
 * Returns the commands of the API that the role may give to a plan in this status. A command may still be refused for
 * other reasons.
 */
export function availableActions(role: Role, status: PlanStatus): readonly CommandName[] {
  return Object.keys(PLAN_COMMANDS).filter(
    (name): name is PlanCommandType & CommandName =>
      isPlanCommand(name) && isCommandName(name) && allowedIn(name).includes(status) && mayCommand(role, name, status),
  );
}

/**
 * Returns the commands of the API that the role may give on an activity in its state and the status of its plan. A
 * command may still be refused for its details.
 */
export function activityActions(role: Role, status: PlanStatus, activity: ActivityStanding): readonly CommandName[] {
  return availableActions(role, status).filter((name) => continuing(name)?.fitsActivity?.(activity, status) === true);
}

/** Returns the commands of the API that the role may give on a request for another timeframe. */
export function requestActions(
  role: Role,
  status: PlanStatus,
  activity: ActivityStanding,
  request: RescheduleRequest,
): readonly CommandName[] {
  return availableActions(role, status).filter((name) => continuing(name)?.fitsRequest?.(request, activity) === true);
}

/** Returns the definition of a command to an existing plan; undefined for another command. */
function continuing(name: CommandName) {
  const definition = isPlanCommand(name) ? PLAN_COMMANDS[name] : undefined;
  return definition && 'decide' in definition ? definition : undefined;
}

/**
 * Returns the commands of the API that this caller may give on a report. Only a waiting report has commands. Nobody may
 * accept an own report unless the settings of the organisation allow it. The author or an administrator may withdraw a
 * report.
 */
export function reportActions(
  actor: Actor,
  { status, settings }: Pick<ExistingPlan, 'status' | 'settings'>,
  report: Pick<Report, 'status' | 'submittedBy'>,
): readonly CommandName[] {
  if (report.status !== 'SUBMITTED') return [];
  const may: Partial<Record<CommandName, boolean>> = {
    acceptReport: mayBeAcceptedBy(report, actor, settings),
    returnReport: true,
    withdrawReport: mayBeWithdrawnBy(report, actor),
  };
  return availableActions(actor.role, status).filter((command) => may[command] === true);
}

function isPlanCommand(name: string): name is PlanCommandType {
  return Object.hasOwn(PLAN_COMMANDS, name);
}
