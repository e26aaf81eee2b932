import { type Party, type PartyKind, partyKey } from '../domain/parties.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import { partyIdOf, readModel, wordsOf } from './model.js';
import { touchedActivities } from './touched.js';

/** A responsible party as printed, over all plans. */
export interface PartyBody {
  readonly partyId: string;
  readonly name: PrintedText;
  readonly kind: PartyKind;
  /** How many activities of each plan name it. */
  readonly plans: Readonly<Record<string, number>>;
}

/** One document a party: the sum of what each plan contributes. */
export const parties = readModel<PartyBody>(
  {
    name: 'parties',
    version: 1,
    fields: { name: 'text', kind: 'text', words: 'multiText', planIds: 'multiText' },
    indexes: [['name'], ['kind', 'name']],
  },
  (change) => {
    const { planId, before, after } = change;
    const named = new Map<string, Party>();
    for (const activityId of touchedActivities(change)) {
      for (const party of [...partiesIn(before, activityId), ...partiesIn(after, activityId)]) {
        named.set(partyKey(party), party);
      }
    }
    return [...named].map(([key, party]) => ({
      id: partyIdOf(key),
      view: ({ plan }, current) => {
        const plans = { ...current?.plans };
        const count = countIn(plan, key);
        if (count > 0) plans[planId] = count;
        else delete plans[planId];
        if (Object.keys(plans).length === 0) return null;
        const name = current?.name ?? party.name;
        const printed = name
          .filter((part) => typeof part === 'string')
          .join(' ')
          .trim();
        return {
          body: { partyId: partyIdOf(key), name, kind: current?.kind ?? party.kind, plans },
          fields: { name: printed, kind: party.kind, words: wordsOf(printed), planIds: Object.keys(plans) },
        };
      },
    }));
  },
);

function partiesIn(plan: Plan, activityId: string): readonly Party[] {
  return plan.status === 'ABSENT' ? [] : (plan.activities.get(activityId)?.responsible.parties ?? []);
}

function countIn(plan: ExistingPlan, key: string): number {
  const names = (parties: readonly Party[]) => parties.some((party) => partyKey(party) === key);
  return [...plan.activities.values()].filter(({ responsible }) => names(responsible.parties)).length;
}
