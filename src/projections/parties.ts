import { type Party, type PartyKind, partyKey } from '../domain/parties.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import type { Content } from '../engine/projections/readModel.js';
import { type PlanState, partyIdOf, readModel, searchWords } from './model.js';
import { touchedActivities } from './touched.js';

/** A party in one plan. */
export interface PartyInPlan {
  /** Number of activities that name the party. */
  readonly count: number;
  readonly key: string;
  readonly name: PrintedText;
  readonly kind: PartyKind;
  readonly organisationId: string | null;
}

/** A responsible party as printed, across all plans. */
export interface PartyBody {
  readonly partyId: string;
  /** See `partyKey`: printed names with the same key are the same party. */
  readonly key: string;
  readonly name: PrintedText;
  readonly kind: PartyKind;
  /** The party in each plan, by plan id. */
  readonly plans: Readonly<Record<string, PartyInPlan>>;
}

/**
 * The read model of parties: one row per party, merged from all plans. Its name is taken from the plan with the lowest
 * id.
 */
export const parties = readModel<PartyBody>(
  {
    name: 'parties',
    version: 3,
    fields: { name: 'text', kind: 'text', words: 'multiText', planIds: 'multiText', organisationIds: 'multiText' },
    indexes: [['name'], ['kind', 'name']],
  },
  {
    ofPlan: (change) => {
      const { before, after } = change;
      const ids = new Set<string>();
      // The party counts for another organisation now, although the activities did not change.
      const moved = before.status !== 'ABSENT' && before.details.organisationId !== after.details.organisationId;
      for (const activityId of touchedActivities(change)) {
        const [past, present] = [partiesIn(before, activityId), partiesIn(after, activityId)];
        // Most events leave the parties of an activity unchanged.
        if (past === present && !change.appears && !moved) continue;
        for (const party of [...past, ...present]) ids.add(partyIdOf(party));
      }
      return [...ids].map((id) => ({
        id,
        view: (state, current) => partyContent(id, partyContributions(id, state, current)),
      }));
    },
  },
);

/** Returns the party in all plans, with the final state of the plan at hand, sorted by plan id. */
function partyContributions(partyId: string, { planId, plan }: PlanState, current: PartyBody | undefined) {
  const own = partyInPlan(plan, partyId);
  const others = Object.entries(current?.plans ?? {}).filter(([id]) => id !== planId);
  return [...others, ...(own ? [[planId, own] as const] : [])].sort(([a], [b]) => (a < b ? -1 : 1));
}

function partyContent(partyId: string, plans: readonly (readonly [string, PartyInPlan])[]): Content<PartyBody> | null {
  const [, first] = plans[0] ?? [];
  if (!first) return null;
  const { name, kind } = first;
  const printed = name
    .filter((part) => typeof part === 'string')
    .join(' ')
    .trim();
  return {
    body: { partyId, key: first.key, name, kind, plans: Object.fromEntries(plans) },
    fields: {
      name: printed,
      kind,
      words: searchWords(printed),
      planIds: plans.map(([planId]) => planId),
      organisationIds: [...new Set(plans.flatMap(([, { organisationId }]) => organisationId ?? []))],
    },
  };
}

const NO_PARTIES: readonly Party[] = [];

function partiesIn(plan: Plan, activityId: string): readonly Party[] {
  return plan.status === 'ABSENT' ? NO_PARTIES : (plan.activities.get(activityId)?.responsible.parties ?? NO_PARTIES);
}

/** Returns the party in a plan, named as in the first activity that names it. */
function partyInPlan(plan: ExistingPlan, partyId: string): PartyInPlan | undefined {
  const naming = [...plan.activities.values()].flatMap(({ responsible }) => {
    const named = responsible.parties.find((party) => partyIdOf(party) === partyId);
    return named ? [named] : [];
  });
  const [first] = naming;
  if (!first) return undefined;
  const { organisationId } = plan.details;
  return { count: naming.length, key: partyKey(first), name: first.name, kind: first.kind, organisationId };
}
