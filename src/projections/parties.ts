import { normalName, type Party, type PartyKind, partyKey, partyKeyOf } from '../domain/parties.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import { derivedForm, textField } from '../engine/projections/bodyForm.js';
import type { Content } from '../engine/projections/readModel.js';
import { partyIdOf, readModel, searchWords } from './model.js';
import { touchedActivities } from './touched.js';

/** A responsible party in one plan, as printed there. */
export interface PartyBody {
  readonly partyId: string;
  readonly planId: string;
  readonly organisationId: string | null;
  /** See `partyKey`: printed names with the same key are the same party. */
  readonly key: string;
  /** Name as in the first activity that names the party. */
  readonly name: PrintedText;
  readonly kind: PartyKind;
}

/**
 * The read model of parties: one row per party and plan, so that no row grows with the number of plans. The rows of a
 * party are next to each other in the order by name.
 */
export const parties = readModel<PartyBody>(
  {
    name: 'parties',
    version: 5,
    fields: {
      organisationId: 'text',
      planId: 'text',
      partyId: 'text',
      name: 'text',
      kind: 'text',
      activityCount: 'number',
      words: 'multiText',
    },
    keys: ['organisationId', 'planId', 'partyId', 'kind'],
    indexes: [
      ['name'],
      ['kind', 'name'],
      ['planId', 'name'],
      ['organisationId', 'name'],
      ['partyId'],
      ['partyId', 'activityCount'],
      ['organisationId', 'partyId', 'activityCount'],
    ],
  },
  {
    ofPlan: (change) => {
      const { planId, before, after } = change;
      const ids = new Set<string>();
      // If a plan moves to another organisation, its rows move too, although the activities do not change.
      const moved = before.status !== 'ABSENT' && before.details.organisationId !== after.details.organisationId;
      for (const activityId of touchedActivities(change)) {
        const [past, present] = [partiesIn(before, activityId), partiesIn(after, activityId)];
        // Most events leave the parties of an activity unchanged.
        if (past === present && !change.appears && !moved) continue;
        for (const party of [...past, ...present]) ids.add(partyIdOf(party));
      }
      return [...ids].map((partyId) => ({
        id: partyRowId(partyId, planId),
        view: ({ plan }) => partyContent(planId, plan, partyId),
      }));
    },
  },
  null,
  derivedForm(['partyId', 'planId', 'kind', 'organisationId'], (row, { name }) => {
    const { partyId, planId, kind } = row.fields;
    const organisationId = textField(row, 'organisationId');
    return { partyId, planId, organisationId, kind, key: name && partyKeyOf(name) };
  }),
);

/** Returns the id of the row of a party in a plan. It begins with the id of the party. */
export function partyRowId(partyId: string, planId: string): string {
  return `${partyId}.${planId}`;
}

const NO_PARTIES: readonly Party[] = [];

function partiesIn(plan: Plan, activityId: string): readonly Party[] {
  return plan.status === 'ABSENT' ? NO_PARTIES : (plan.activities.get(activityId)?.responsible.parties ?? NO_PARTIES);
}

function partyContent(planId: string, plan: ExistingPlan, partyId: string): Content<PartyBody> | null {
  const naming = [...plan.activities.values()].flatMap(({ responsible }) => {
    const named = responsible.parties.find((party) => partyIdOf(party) === partyId);
    return named ? [named] : [];
  });
  const [first] = naming;
  if (!first) return null;
  const { name, kind } = first;
  const { organisationId } = plan.details;
  // Normalized, so that all rows of a party have the same name to be ordered by.
  const normal = normalName(name.map((part) => (typeof part === 'string' ? normalName(part) : '')).join(' '));
  return {
    body: { partyId, planId, organisationId, key: partyKey(first), name, kind },
    fields: {
      organisationId: organisationId ?? '',
      planId,
      partyId,
      name: normal,
      kind,
      activityCount: naming.length,
      words: searchWords(normal),
    },
  };
}
