import { SYSTEM } from '../../access/principals.js';
import { nameReader, type PersonalText, type PrintedText } from '../../domain/personal.js';
import type { ExistingPlan } from '../../domain/plan.js';
import type { Services } from '../../graphql/services.js';
import { OperationRefused } from './operation.js';
import { uuidOf } from './uuid.js';

/** The plan that a user has named for an operation. */
export interface KnownPlan {
  readonly uuid: string;
  readonly plan: ExistingPlan;
  /** Prints a text of the plan with the names of persons. */
  readonly print: (text: PrintedText) => string;
  /** Writes the names that were printed to the log of readings. Call it before the result is returned. */
  readonly noteReadings: () => Promise<void>;
}

/**
 * Returns the plan with a global id of the API, with the keys of its persons loaded.
 *
 * @throws OperationRefused when the text is not a plan id, or the plan does not exist.
 */
export async function knownPlan(services: Services, planId: string): Promise<KnownPlan> {
  const { planOf, vault, readings, clock } = services;
  const uuid = uuidOf(planId, 'plan');
  const plan = await planOf(uuid);
  if (!plan)
    throw new OperationRefused({
      ru: `плана ${planId} нет: номера, названия и id печатает npx letopis plans`,
      en: `there is no plan ${planId}: \`npx letopis plans\` prints numbers, titles and ids`,
    });
  await vault.learn(plan);
  const named = new Set<string>();
  const open = (person: PersonalText) => {
    const name = vault.open(person);
    if (name !== null) named.add(person.subject);
    return name;
  };
  return {
    uuid,
    plan,
    print: nameReader({ open, isErased: (subject) => vault.isErased(subject) }),
    noteReadings: () => readings.record(SYSTEM.id, 'document', named, clock()),
  };
}
