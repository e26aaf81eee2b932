import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { comparisonOf } from '../../src/application/comparing.js';
import { planAsOf } from '../../src/application/past.js';
import { type Chronicle, openChronicle } from '../support/chronicle.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

let directory: string;
let chronicle: Chronicle;

beforeAll(async () => {
  directory = await temporaryDirectory();
  chronicle = await openChronicle(directory);
});
afterAll(async () => {
  await chronicle?.close();
  await removeDirectory(directory);
});

const PRESENT = { kind: 'present' } as const;
const THAT_DAY = { kind: 'past', asOf: { kind: 'knownOn', day: '2020-10-01' } } as const;

describe('a comparison with the present', () => {
  it.each([
    ['as the present', PRESENT],
    ['as its last day', THAT_DAY],
  ])('tells nothing that is recorded while it is made: %s', async (_, to) => {
    const planId = await chronicle.plan(to === PRESENT ? 1 : 2);
    const reword = (title: string) => chronicle.give(planId, { type: 'rewordActivity', activityId: 'a3', title });
    await reword('Семинар после первого изменения');
    const plan = await planAsOf(chronicle.events, planId, { kind: 'revision', revision: Number.POSITIVE_INFINITY });
    if (!plan) throw new Error('there is no plan');
    const source = { planId, plan, events: chronicle.events, now: '2020-10-01T23:00:00.000Z' };
    const from = { kind: 'past', asOf: { kind: 'revision', revision: plan.eventCount - 2 } } as const;
    const expected = await comparisonOf(source, { from, to });
    await reword('Семинар после второго изменения');
    const compared = await comparisonOf(source, { from, to });
    expect(compared.comparison).toEqual(expected.comparison);
    expect(compared.comparison.differences).toMatchObject([
      {
        activityId: 'a3',
        after: { text: expect.stringMatching(/^Семинар после первого изменения/) },
        causes: [{ reason: 'Проба' }],
      },
    ]);
    expect(compared.ofRows.get('a3')).toHaveLength(1);
  });
});
