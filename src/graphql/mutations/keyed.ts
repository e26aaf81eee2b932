import { randomUUID } from 'node:crypto';
import { type KeyedTarget, partCommandId } from '../../application/externalKeys.js';
import type { PlanCommand } from '../../domain/plan/catalogue.js';
import { refuse } from '../../domain/refusal.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import type { Context } from '../context.js';
import { visiblePlan } from '../scope/plans.js';
import type { PlanPayload } from './changedParts.js';
import { commandServices } from './commands.js';
import type { CommandInput } from './inputs.js';
import { refusedField } from './refusedField.js';
import { refusedBy, runPlanCommand } from './run.js';

/** The kinds of parts of a plan that may have an external id. */
type PartKind = 'activity' | 'section';

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
  part: PartKind,
  planId: string,
  commandId: string | null | undefined,
  externalId: string | null,
): Promise<KeyedTarget & { readonly part: PartKind }> {
  if (commandId != null || externalId === null) {
    return { planId, commandId: commandId ?? randomUUID(), externalId, part };
  }
  const plan = await visiblePlan(context, planId);
  const freed = part === 'activity' ? plan?.freedExternalIds : plan?.freedSectionIds;
  return { planId, commandId: partCommandId(part, planId, externalId, freed?.get(externalId) ?? 0), externalId, part };
}

/**
 * Executes a command that may name an external id. A repeat without a commandId returns the first result. If its
 * content differs, it is refused, because the external id is taken.
 */
export async function runKeyedCommand(
  context: Context,
  { planId, commandId, externalId, part }: KeyedTarget & { readonly part?: PartKind },
  input: CommandInput,
  command: (seal: Seal) => PlanCommand,
): Promise<PlanPayload> {
  const payload = await runPlanCommand(context, planId, { ...input, commandId }, command);
  const isReused = payload.userErrors.some(({ code }) => code === 'COMMAND_ID_REUSED');
  if (!isReused || input.commandId != null || externalId === null) return payload;
  const taken = part === undefined ? undefined : await partWith(context, part, planId, externalId);
  const params = { externalId, ...(part === undefined || taken === undefined ? {} : { [part]: taken }) };
  const field = refusedField(input, 'externalId');
  return refusedBy(context, refuse('EXTERNAL_ID_TAKEN', field, params).refusal, planId);
}

/** Returns the local id of the activity or section of a plan with this external id; undefined if there is none. */
async function partWith(
  context: Context,
  part: PartKind,
  planId: string,
  externalId: string,
): Promise<string | undefined> {
  const plan = await visiblePlan(context, planId);
  const parts: Iterable<{ readonly id: string; readonly externalId: string | null }> =
    (part === 'activity' ? plan?.activities : plan?.sections)?.values() ?? [];
  return [...parts].find((each) => each.externalId === externalId)?.id;
}
