import { z } from 'zod';
import { BY_SYSTEM } from '../../application/commands.js';
import { refusalInBoth } from '../../application/refusalSentences.js';
import { isOfOrganisation } from '../../domain/chronicle.js';
import { evolveOrganisation } from '../../domain/organisation/evolve.js';
import {
  type ExistingOrganisation,
  NO_ORGANISATION,
  type Organisation,
} from '../../domain/organisation/organisation.js';
import { listedReadings } from '../../domain/organisation/ownReadings.js';
import { fromStore } from '../../domain/recorded.js';
import { rereadings } from '../../domain/rereading.js';
import { notationText } from '../../domain/schedule.js';
import { kindNotation } from '../../domain/wording/responsible.js';
import { batchesOf, pagesOf } from '../../engine/eventstore/batches.js';
import { narrowed } from '../../engine/eventstore/envelope.js';
import type { EventStore } from '../../engine/eventstore/port.js';
import { globalId } from '../../graphql/ids.js';
import type { Letopis } from '../compose.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** A timeframe that the present rules read differently from the stored reading. */
const WordingDifference = z.object({
  planId: z.string(),
  status: z.string(),
  activityId: z.string(),
  number: z.string().nullable(),
  text: z.string(),
  stored: z.string(),
  rules: z.string(),
  now: z.string(),
  confidence: z.string(),
});

/** Compares the stored timeframes of every plan with the readings by the present rules. Writes nothing. */
export const compareWordings = operation({
  name: 'compare wordings',
  input: z.object({}),
  progress: z.object({ plans: z.number() }),
  result: z.object({ plans: z.number(), differences: z.array(WordingDifference) }),
  open: { following: false },
  async *run({ services: { events, planOf } }) {
    const differences: z.infer<typeof WordingDifference>[] = [];
    const known = new Map<string, ExistingOrganisation | null>();
    let plans = 0;
    for await (const planId of planIds(events)) {
      const plan = await planOf(planId);
      if (!plan) continue;
      const { organisationId } = plan.details;
      const organisation =
        organisationId === null
          ? null
          : (known.get(organisationId) ?? (await existingOrganisation(events, organisationId)));
      if (organisationId !== null) known.set(organisationId, organisation);
      plans += 1;
      for (const { activityId, number, stored, now } of rereadings(plan, organisation)) {
        differences.push({
          planId: globalId('plan', planId),
          status: plan.status,
          number,
          activityId: globalId('activity', planId, activityId),
          text: stored.text,
          rules: stored.rules,
          stored: notationText(stored.schedule),
          now: notationText(now.schedule),
          confidence: now.confidence,
        });
      }
      yield { plans };
    }
    return { plans, differences };
  },
});

/** An organisation, and the text whose reading to withdraw before the others are listed; null for none. */
const ReadingsAsked = z.object({ organisationId: z.string(), withdraw: z.string().nullable() });

const Own = z.object({ text: z.string(), meaning: z.string() });

/** Lists the own wordings of an organisation, after withdrawing one if `withdraw` names it. */
export const ownWordings = operation({
  name: 'own wordings',
  input: ReadingsAsked,
  progress: z.never(),
  result: z.object({ wordings: z.array(Own) }),
  open: {},
  writes: true,
  async *run({ services }, asked) {
    const { wordings: own } = await afterWithdrawal(services, asked, 'withdrawWording');
    const wordings = listedReadings(own, '').map(({ text, schedule }) => ({ text, meaning: notationText(schedule) }));
    return { wordings };
  },
});

const OwnCell = z.object({ text: z.string(), parties: z.array(z.object({ name: z.string(), kind: z.string() })) });

/** Lists the own cells of responsible parties of an organisation, after withdrawing one if `withdraw` names it. */
export const ownPartyCells = operation({
  name: 'own party cells',
  input: ReadingsAsked,
  progress: z.never(),
  result: z.object({ cells: z.array(OwnCell) }),
  open: {},
  writes: true,
  async *run({ services }, asked) {
    const { partyCells } = await afterWithdrawal(services, asked, 'withdrawPartyCell');
    const cells = listedReadings(partyCells, '').map(({ text, parties }) => ({
      text,
      parties: parties.map((party) => ({ name: party.name.join(''), kind: kindNotation(party) })),
    }));
    return { cells };
  },
});

/**
 * Returns the organisation after the withdrawal that is asked for.
 *
 * @throws OperationRefused when there is no such organisation, or the command is refused.
 */
async function afterWithdrawal(
  { events, organisations }: Letopis['services'],
  { organisationId, withdraw }: z.infer<typeof ReadingsAsked>,
  type: 'withdrawWording' | 'withdrawPartyCell',
): Promise<ExistingOrganisation> {
  const id = uuidOf(organisationId, 'organisation');
  if (withdraw !== null) {
    const command = { type, text: withdraw };
    const result = await organisations.handle({ ...BY_SYSTEM, id, payload: null, command: () => command });
    if (result.kind === 'refused') throw new OperationRefused(refusalInBoth(result.refusal));
  }
  return knownOrganisationOf(events, id);
}

/**
 * Yields the ids of all plans, in the order in which they began. A plan whose import was begun again is yielded once.
 */
async function* planIds(events: EventStore): AsyncGenerator<string> {
  const seen = new Set<string>();
  const select = { streamPrefixes: ['plan-'], types: ['PlanDrafted'] };
  for await (const batch of batchesOf(events, select)) {
    for (const { stream } of batch.events) {
      if (seen.has(stream)) continue;
      seen.add(stream);
      yield stream.slice('plan-'.length);
    }
  }
}

/**
 * Returns an organisation, folded from its events.
 *
 * @throws OperationRefused when there is none of this id.
 */
export async function knownOrganisationOf(events: EventStore, id: string): Promise<ExistingOrganisation> {
  const organisation = await existingOrganisation(events, id);
  if (organisation) return organisation;
  const named = globalId('organisation', id);
  throw new OperationRefused({ ru: `организации ${named} нет`, en: `there is no organisation ${named}` });
}

async function existingOrganisation(events: EventStore, id: string): Promise<ExistingOrganisation | null> {
  let organisation: Organisation = NO_ORGANISATION;
  for await (const page of pagesOf(events, `org-${id}`)) {
    for (const stored of page) {
      organisation = evolveOrganisation(organisation, narrowed(fromStore(stored), isOfOrganisation).event);
    }
  }
  return organisation.status === 'ABSENT' ? null : organisation;
}
