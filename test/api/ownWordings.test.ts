import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
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

/** The bytes of the chronicle, as somebody with the files reads them. */
async function chronicleText(): Promise<string> {
  const names = (await readdir(server.directory)).filter((name) => name.startsWith('chronicle.db'));
  const files = await Promise.all(names.map((name) => readFile(join(server.directory, name), 'utf8')));
  return files.join('');
}

async function history(activityId: string, at: string | null) {
  const History = z.object({ activity: z.object({ history: z.object({ nodes: z.array(z.unknown()) }) }) });
  const document = `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) {
    history { nodes { changes { label before after } } } } }`;
  const { activity } = await server.read(History, document, { variables: { id: activityId, at } });
  return activity.history.nodes;
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

describe('a cell of parties that a person settles', () => {
  const CELL = 'Кадры / архив';
  const PARTIES = [
    { name: 'Отдел кадров', kind: 'UNIT', agreement: false, joint: false },
    { name: 'Районный архив', kind: 'ORG', agreement: true, joint: false },
  ];
  const partiesOf = async (activityId: string, at: string | null) =>
    server.data(
      `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) {
        responsibleText responsible { name kind agreement joint } } }`,
      { variables: { id: activityId, at } },
    );
  const cells = (organisationId: string, at: string | null) =>
    server.data(
      `query($id: ID!, $at: Position) { organisation(id: $id, atLeast: $at) {
        partyCells { nodes { text parties { name kind agreement joint } } } } }`,
      { variables: { id: organisationId, at } },
    );

  it('is read so in the next rows of the organisation, is listed, and can be withdrawn', async () => {
    const organisationId = await registered(server, { name: 'СОШ № 6' });
    const { activityId } = await draftWith(organisationId, WORDING, 2020);
    const settled = await server.done('reassignActivity', { activityId, responsible: CELL, parties: PARTIES });
    // An auditor sees whom the author named, not only the printed cell.
    expect(await history(activityId, settled.position)).toContainEqual({
      changes: expect.arrayContaining([
        { label: 'ответственные: кто назван 1: название', before: null, after: 'Отдел кадров' },
        { label: 'ответственные: кто назван 2: по согласованию', before: null, after: 'да' },
      ]),
    });
    const row = { activity: { responsibleText: CELL, responsible: PARTIES } };
    expect(await partiesOf(activityId, settled.position)).toEqual(row);

    const next = await draftWith(organisationId, WORDING, 2021);
    const again = await server.done('reassignActivity', { activityId: next.activityId, responsible: CELL });
    expect(await partiesOf(next.activityId, again.position)).toEqual(row);
    const listed = { organisation: { partyCells: { nodes: [{ text: CELL, parties: PARTIES }] } } };
    expect(await cells(organisationId, again.position)).toEqual(listed);

    const withdrawal = { organisationId, text: 'кадры / архив', ...REASON };
    const withdrawn = await onOrganisation(server, 'withdrawPartyCell', withdrawal);
    expect(withdrawn.entries[0]?.sentence).toBe(`Отозвано принятое понимание ответственных «${CELL}»`);
    expect(await cells(organisationId, withdrawn.position)).toEqual({ organisation: { partyCells: { nodes: [] } } });
    expect((await onOrganisation(server, 'withdrawPartyCell', withdrawal)).userErrors).toMatchObject([
      { code: 'PARTY_CELL_NOT_OWN' },
    ]);
    // Stored readings do not change.
    expect(await partiesOf(next.activityId, withdrawn.position)).toEqual(row);
  });

  it('is used by the preview and by the import of a document, whose question it settles', async () => {
    const organisationId = await registered(server, { name: 'СОШ № 7' });
    const { activityId } = await draftWith(organisationId, WORDING, 2020);
    const cell = 'МБУ ДО ЦВР, структурные подразделения';
    const centre = { name: 'МБУ ДО ЦВР', kind: 'ORG', agreement: false, joint: false };
    await server.done('reassignActivity', { activityId, responsible: cell, parties: [centre] });
    const rows = ['№;Мероприятие;Сроки;Ответственные', `1;Семинар;октябрь 2020 г.;${cell}`];
    const content = Buffer.from(['План работы на 2020-2021 учебный год', ...rows].join('\n')).toString('base64');
    const file = { fileName: 'план.csv', content };
    const questions = async (of: string | null) =>
      server.data(
        `query($fileName: String!, $content: String!, $of: ID) {
          importPreview(fileName: $fileName, content: $content, organisationId: $of) {
            plan { sections { activities { reviewReasons { code } } } } } }`,
        { variables: { ...file, of } },
      );
    const asked = (...reviewReasons: unknown[]) => ({
      importPreview: { plan: { sections: [{ activities: [{ reviewReasons }] }] } },
    });
    expect(await questions(null)).toEqual(asked({ code: 'PARTY_OR_ITS_UNITS' }));
    expect(await questions(organisationId)).toEqual(asked());
    const { plan, position } = await server.done('importPlan', { ...file, organisationId });
    expect(await partiesOf(`${plan.id.replace('plan', 'activity')}.a1`, position)).toEqual({
      activity: { responsibleText: cell, responsible: [centre] },
    });
  });

  it('stays that of one activity when asked, or when it names a person, who is sealed in the cell', async () => {
    const organisationId = await registered(server, { name: 'СОШ № 8' });
    const { activityId } = await draftWith(organisationId, WORDING, 2020);
    await server.done('reassignActivity', { activityId, responsible: CELL, parties: PARTIES, onlyHere: true });
    const person = { name: 'Ромашка', kind: 'PERSON' };
    const named = await server.done('reassignActivity', { activityId, responsible: 'Ромашка', parties: [person] });
    expect(await cells(organisationId, named.position)).toEqual({ organisation: { partyCells: { nodes: [] } } });
    expect(await partiesOf(activityId, named.position)).toMatchObject({
      activity: { responsibleText: 'Ромашка', responsible: [person] },
    });
    const stored = await chronicleText();
    expect(stored).toContain('Районный архив');
    expect(stored).not.toContain('Ромашка');
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
