import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onOrganisation, registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

const WORDING = 'август - сентябрь';
const REASON = { reason: 'Так понимают этот срок в школе' };

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off' });
});
afterAll(() => server.close());

/** A draft of the organisation with one activity. */
async function draftWith(organisationId: string, text: string, year: number) {
  const period = { start: `${year}-09-01`, end: `${year + 1}-08-31` };
  const { plan } = await server.done('draftPlan', { title: 'План', ownerUnit: 'Кабинет', organisationId, period });
  const local = (type: string, id: string) => `${plan.id.replace('plan', type)}.${id}`;
  await server.done('addSection', { planId: plan.id, title: 'Раздел' });
  const activity = {
    ...{ sectionId: local('section', 's1'), title: 'Семинар', responsible: 'Кабинет' },
    timeframe: { text },
  };
  const { position } = await server.done('addActivity', { activity });
  return { planId: plan.id, activityId: local('activity', 'a1'), position };
}

async function timeframe(activityId: string, at: string | null) {
  const document = `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) {
    timeframe { rules confidence residue schedule { interpretation } } } }`;
  return server.data(document, { variables: { id: activityId, at } });
}

describe('a wording that a person settles', () => {
  it('is read so in the next documents of the organisation, is listed, and can be withdrawn', async () => {
    const organisationId = await registered(server, { name: 'СОШ № 3' });
    const first = await draftWith(organisationId, WORDING, 2020);
    const settled = await server.done('resolveWording', { activityId: first.activityId, reading: 1 });

    const list = (at: string | null) =>
      server.data(
        `query($id: ID!, $at: Position) { organisation(id: $id, atLeast: $at) {
          wordings { nodes { text periodStart schedule { kind interpretation } } } } }`,
        { variables: { id: organisationId, at } },
      );
    const next = await draftWith(organisationId, 'Август – сентябрь', 2021);
    expect(await timeframe(next.activityId, next.position)).toEqual({
      activity: {
        timeframe: {
          ...{ rules: 'own', confidence: 'CERTAIN', residue: null },
          schedule: { interpretation: '2021-09-01/2021-09-30' },
        },
      },
    });
    expect(await list(next.position)).toEqual({
      organisation: {
        wordings: {
          nodes: [
            {
              ...{ text: WORDING, periodStart: '2020-09-01' },
              schedule: { kind: 'DATES', interpretation: '2020-09-01/2020-09-30' },
            },
          ],
        },
      },
    });

    const withdrawal = { organisationId, text: WORDING, ...REASON };
    const withdrawn = await onOrganisation(server, 'withdrawWording', withdrawal);
    expect(withdrawn.userErrors).toEqual([]);
    expect(withdrawn.entries[0]?.sentence).toBe(`Отозвано принятое понимание срока «${WORDING}»`);
    expect(await list(withdrawn.position)).toEqual({ organisation: { wordings: { nodes: [] } } });
    expect((await onOrganisation(server, 'withdrawWording', withdrawal)).userErrors).toMatchObject([
      { code: 'WORDING_NOT_OWN' },
    ]);
    // Stored readings do not change.
    expect(await timeframe(next.activityId, withdrawn.position)).toMatchObject({
      activity: { timeframe: { rules: 'own', confidence: 'CERTAIN' } },
    });
    expect(settled.position).not.toBeNull();
  });

  it('stays that of one activity when asked, and with no organisation', async () => {
    const organisationId = await registered(server, { name: 'СОШ № 4' });
    const first = await draftWith(organisationId, WORDING, 2020);
    await server.done('resolveWording', { activityId: first.activityId, reading: 1, onlyHere: true });
    const next = await draftWith(organisationId, WORDING, 2020);
    expect(await timeframe(next.activityId, next.position)).toMatchObject({
      activity: { timeframe: { rules: expect.stringMatching(/^ru-/), confidence: 'ASSUMED' } },
    });
  });
});

describe('a changed school calendar', () => {
  it('is offered to a draft, and taken over by a person', async () => {
    const organisationId = await registered(server, { name: 'СОШ № 5' });
    const { planId, activityId } = await draftWith(organisationId, '1 четверть', 2020);
    const terms = [{ kind: 'TERM', start: '2020-09-01', end: '2020-10-25' }];
    const { position } = await onOrganisation(server, 'changeSettings', {
      organisationId,
      settings: { terms },
      ...REASON,
    });
    const offered = await server.data(
      `query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { timeframeProposals { nodes {
        activityId stored { schedule { kind } } proposed { schedule { interpretation } } } } } }`,
      { variables: { id: planId, at: position } },
    );
    expect(offered).toEqual({
      plan: {
        timeframeProposals: {
          nodes: [
            {
              activityId,
              stored: { schedule: { kind: 'EXTERNAL' } },
              proposed: { schedule: { interpretation: '2020-09-01/2020-10-25' } },
            },
          ],
        },
      },
    });
    const taken = await server.done('readTimeframesAgain', { planId });
    expect(await timeframe(activityId, taken.position)).toMatchObject({
      activity: { timeframe: { schedule: { interpretation: '2020-09-01/2020-10-25' } } },
    });
  });
});
