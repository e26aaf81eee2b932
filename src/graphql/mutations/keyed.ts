import { randomUUID } from 'node:crypto';
import { type KeyedTarget, partCommandId } from '../../application/externalKeys.js';
import type { PlanCommand } from '../../domain/plan/catalogue.js';
import { refuse } from '../../domain/refusal.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import type { Context } from '../context.js';
import { visiblePlan } from '../scope/plans.js';
import { commandServices } from './commands.js';
import type { CommandInput } from './inputs.js';
import type { PlanPayload } from './made.js';
import { refusedBy, runPlanCommand } from './run.js';

/** Returns the target of a command that begins a plan. */
export function keyedPlanTarget(
  context: Context,
  { commandId = null, externalId = null }: CommandInput & { readonly externalId?: string | null },
  organisationId: string | null,
): Promise<KeyedTarget> {
  const { principal } = context;
  return commandServices(context).newPlanTarget({ principal, commandId, externalId, organisationId });
}

/** Returns the target of a command that adds an activity or a section to a plan. */
export async function newPartTarget(
  context: Context,
  kind: 'activity' | 'section',
  planId: string,
  commandId: string | null | undefined,
  externalId: string | null,
): Promise<KeyedTarget> {
  if (commandId != null || externalId === null) return { planId, commandId: commandId ?? randomUUID(), externalId };
  const plan = await visiblePlan(context, planId);
  const freed = kind === 'activity' ? plan?.freedExternalIds : plan?.freedSectionIds;
  return { planId, commandId: partCommandId(kind, planId, externalId, freed?.get(externalId) ?? 0), externalId };
}

/**
 * Gives a command that may name an external id to the handler. A repeat without a commandId gives the first result;
 * with another content it is refused, because the external id is taken.
 */
export async function runKeyedCommand(
  context: Context,
  { planId, commandId, externalId }: KeyedTarget,
  input: CommandInput,
  command: (seal: Seal) => PlanCommand,
): Promise<PlanPayload> {
  const payload = await runPlanCommand(context, planId, { ...input, commandId }, command);
  const isReused = payload.userErrors.some(({ code }) => code === 'COMMAND_ID_REUSED');
  return isReused && input.commandId == null && externalId !== null
    ? refusedBy(context, refuse('EXTERNAL_ID_TAKEN', 'externalId', { externalId }).refusal, planId)
    : payload;
}
