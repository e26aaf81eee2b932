import type { PrintedText } from '../../domain/personal.js';
import { nameReader } from '../../domain/personal.js';
import type { ExistingPlan } from '../../domain/plan.js';
import type { Services } from '../../graphql/services.js';
import { OperationRefused } from './operation.js';
import { uuidOf } from './uuid.js';

/** The plan of an operation. */
export interface KnownPlan {
  readonly uuid: string;
  readonly plan: ExistingPlan;
  /** Prints a text of the plan with the names of persons. */
  readonly print: (text: PrintedText) => string;
}

/**
 * Returns the plan with a global id of the API, with the keys of its persons loaded.
 *
 * @throws OperationRefused when the text is not a plan id, or the plan does not exist.
 */
export async function knownPlan({ planOf, vault }: Services, planId: string): Promise<KnownPlan> {
  const uuid = uuidOf(planId, 'plan');
  const plan = await planOf(uuid);
  if (!plan)
    throw new OperationRefused({
      ru: `плана ${planId} нет: номера, названия и id печатает letopis plans`,
      en: `there is no plan ${planId}: \`letopis plans\` prints numbers, titles and ids`,
    });
  await vault.learn(plan);
  return {
    uuid,
    plan,
    print: nameReader(vault),
  };
}
