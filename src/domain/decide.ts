import type { Given } from './actor.js';
import { evolve } from './evolve.js';
import type { Catalogue } from './plan/capability.js';
import {
  isContentChange,
  PLAN_COMMANDS,
  type PlanCommand,
  type PlanCommandOf,
  type PlanCommandType,
  type PlanDecision,
} from './plan/catalogue.js';
import { circumstances } from './plan/checks.js';
import { amendBy } from './plan/content/amendPlan.js';
import { type ExistingPlan, MAX_EVENTS, type Plan } from './plan.js';
import { refuse } from './refusal.js';

/**
 * Decides on a command: events to append, or a refusal. Pure, and total: every command has a decision in every state.
 */
export function decide(plan: Plan, command: PlanCommand, given: Given): PlanDecision {
  const refused = circumstances(given);
  if (plan.status === 'ABSENT') return refusedUnlessBeginning(command) ?? refused ?? beginPlan(command, given);
  if (plan.presence !== 'WHOLE') return decideOnImport(plan, command, given) ?? refuse('PLAN_NOT_FOUND', 'planId');
  const decision = refusedInStatus(plan, command) ?? refused ?? decideOnPlan(plan, command, given);
  return decision.kind === 'accepted' && plan.eventCount + decision.events.length > MAX_EVENTS
    ? refuse('PLAN_TOO_LARGE', null, { max: MAX_EVENTS })
    : decision;
}

/** Returns the statuses in which a command is allowed. ABSENT means a plan that does not exist yet. */
export function allowedIn(type: PlanCommandType): readonly Plan['status'][] {
  const definition = PLAN_COMMANDS[type];
  return 'begin' in definition ? ['ABSENT'] : definition.inStatus;
}

/** Refuses a command in a status where it is not allowed. */
function refusedInStatus(plan: ExistingPlan, command: PlanCommand): PlanDecision | undefined {
  const definition = PLAN_COMMANDS[command.type];
  if ('begin' in definition) return sameExternalId(plan, command) ?? refuse(definition.refusedOnExisting);
  const { inStatus, refusedElsewhere } = definition;
  if (inStatus.includes(plan.status)) return undefined;
  return refusedElsewhere
    ? refuse(refusedElsewhere.code, refusedElsewhere.field)
    : refuse('WRONG_STATUS', null, { status: plan.status, allowed: inStatus.join(', ') });
}

/** Refuses a command that would begin a plan with the external id of `plan`. */
function sameExternalId({ details }: ExistingPlan, command: PlanCommand): PlanDecision | undefined {
  const externalId = 'externalId' in command ? (command.externalId ?? null) : null;
  return externalId !== null && externalId === details.externalId
    ? refuse('EXTERNAL_ID_TAKEN', 'externalId', { externalId })
    : undefined;
}

function refusedUnlessBeginning({ type }: PlanCommand): PlanDecision | undefined {
  const definition = PLAN_COMMANDS[type];
  if ('begin' in definition) return undefined;
  return refuse(definition.refusedElsewhere?.code ?? 'PLAN_NOT_FOUND', definition.refusedElsewhere?.field ?? 'planId');
}

function beginPlan<T extends PlanCommandType>(command: PlanCommandOf<T>, given: Given): PlanDecision {
  const definition = PLAN_COMMANDS[command.type];
  return 'begin' in definition ? definition.begin(command, given) : refuse('PLAN_NOT_FOUND', 'planId');
}

/** Decides on an import that is not complete. Other commands treat such a plan as absent. */
function decideOnImport<T extends PlanCommandType>(
  plan: ExistingPlan,
  command: PlanCommandOf<T>,
  given: Given,
): PlanDecision | undefined {
  const { decideOnImport } = PLAN_COMMANDS[command.type];
  return decideOnImport && (circumstances(given) ?? decideOnImport(plan, command, given));
}

/** A content change of an approved plan is decided as an amendment with one change. */
function decideOnPlan(plan: ExistingPlan, command: PlanCommand, given: Given): PlanDecision {
  return isContentChange(command) && plan.status === 'APPROVED'
    ? amendBy(plan, [command], given, CATALOGUE)
    : decideAlone(plan, command, given);
}

function decideAlone<T extends PlanCommandType>(
  plan: ExistingPlan,
  command: PlanCommandOf<T>,
  given: Given,
): PlanDecision {
  const definition = PLAN_COMMANDS[command.type];
  return 'begin' in definition
    ? refuse(definition.refusedOnExisting)
    : definition.decide(plan, command, given, CATALOGUE);
}

const CATALOGUE: Catalogue = {
  decide: decideAlone,
  evolve,
  needsBasis: ({ type }) => {
    const definition = PLAN_COMMANDS[type];
    return !('begin' in definition) && definition.needsBasis === true;
  },
};
