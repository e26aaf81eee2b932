import type { PrintedText } from '../../domain/personal.js';
import type { ExistingPlan } from '../../domain/plan.js';
import type { Services } from '../../graphql/services.js';
import { namesIn } from '../../vault/vault.js';
import { OperationRefused } from './operation.js';
import { uuidOf } from './uuid.js';

/** A plan that an operation is about, and what its texts say, names of persons included. */
export interface KnownPlan {
  readonly uuid: string;
  readonly plan: ExistingPlan;
  readonly print: (text: PrintedText) => string;
}

/**
 * The plan of an id as the API gives it.
 *
 * @throws OperationRefused for a text that is no such id, and when there is no such plan.
 */
export async function knownPlan({ planOf, vault }: Services, planId: string): Promise<KnownPlan> {
  const uuid = uuidOf(planId, 'plan');
  const plan = await planOf(uuid);
  if (!plan) throw new OperationRefused(`there is no plan ${planId}: \`{ plans { nodes { id title } } }\` lists them`);
  await vault.learn(plan);
  return {
    uuid,
    plan,
    print: namesIn(vault),
  };
}
