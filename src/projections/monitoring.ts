import { factsOf, type PlanFacts } from '../domain/indicators/facts.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';
import { accountableBody } from './activities.js';
import { readModel } from './model.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** Who is accountable, by the key that the facts name. */
export interface AccountableEntry {
  readonly partyId: string;
  readonly name: PrintedText;
}

/** One plan's contribution to every figure. */
export interface MonitoringBody {
  readonly planId: string;
  readonly organisationId: string | null;
  readonly title: string;
  readonly sections: Readonly<Record<string, string>>;
  readonly accountables: Readonly<Record<string, AccountableEntry>>;
  readonly facts: PlanFacts;
}

/** One document a plan: the facts that its figures are reckoned from. What depends on the day is told by the day asked. */
export const monitoring = readModel<MonitoringBody>(
  {
    name: 'monitoring',
    version: 5,
    fields: { ...VISIBILITY, planId: 'text', at: 'text' },
    indexes: [['planId'], ['at']],
  },
  {
    ofPlan: ({ planId }) => [
      {
        id: planId,
        view: ({ plan, last }) => ({
          fields: { ...visibilityOf(plan), planId, at: last.position },
          body: monitoringBody(planId, plan),
        }),
      },
    ],
  },
);

/** The contribution of a plan as a fold shows it. */
export function monitoringBody(planId: string, plan: ExistingPlan): MonitoringBody {
  const { title, organisationId } = plan.details;
  const accountables = [...plan.activities.values()].map((activity): [string, AccountableEntry] => {
    const { key, partyId, name } = accountableBody(plan, activity);
    return [key, { partyId: partyId ?? '', name }];
  });
  return {
    planId,
    organisationId,
    title,
    sections: Object.fromEntries([...plan.sections.values()].map(({ id, title: of }) => [id, of])),
    accountables: Object.fromEntries(accountables),
    facts: factsOf(plan),
  };
}
