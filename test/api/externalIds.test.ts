import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newKey } from '../support/access.js';
import type { AskOptions } from '../support/api.js';
import { readSampleFile } from '../support/domain.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let school: string;
let other: string;
beforeAll(async () => {
  server = await startServer({ sample: 'off' });
  school = await registered(server, { name: 'Школа' });
  other = await registered(server, { name: 'Другая школа' });
});
afterAll(() => server.close());

const METHODOLOGIST = { key: 'methodologist' } as const;
const plan = (externalId: string, more: object = {}) => ({
  ...{ organisationId: school, title: `План ${externalId}`, ownerUnit: 'Школа', externalId },
  ...more,
});

const FOUND = z.object({ found: z.object({ nodes: z.array(z.object({ id: z.string(), externalId: z.string() })) }) });
async function found(list: 'plans' | 'activities', filter: object, atLeast: string | null, options: AskOptions = {}) {
  const type = list === 'plans' ? 'PlanFilter' : 'ActivityFilter';
  const document = `query($filter: ${type}!, $at: Position) {
    found: ${list}(filter: $filter, atLeast: $at) { nodes { id externalId } } }`;
  return (await server.read(FOUND, document, { ...options, variables: { filter, at: atLeast } })).found.nodes;
}

describe('a plan with an external id', () => {
  it('is found by it in its organisation', async () => {
    const { plan: begun, position } = await server.done('draftPlan', plan('ищем'), METHODOLOGIST);
    await server.done('draftPlan', plan('ищем', { organisationId: other }), METHODOLOGIST);
    const filter = { externalId: 'ищем', organisationId: school };
    expect(await found('plans', filter, position)).toEqual([{ id: begun.id, externalId: 'ищем' }]);
    expect(await found('plans', { ...filter, externalId: 'ище' }, position)).toEqual([]);
  });

  it('is begun once when the answer was lost and the command is sent again', async () => {
    const first = await server.done('draftPlan', plan('ответ потерян'), METHODOLOGIST);
    const again = await server.done('draftPlan', plan('ответ потерян'), METHODOLOGIST);
    expect(again.plan.id).toBe(first.plan.id);
    expect(again.entries).toEqual(first.entries);
    const changed = plan('ответ потерян', { title: 'Другой план' });
    expect(await server.refused('draftPlan', changed, METHODOLOGIST)).toMatchObject({
      code: 'EXTERNAL_ID_TAKEN',
      field: 'externalId',
      message: expect.stringContaining(first.plan.id),
    });
  });

  it('is begun once by simultaneous commands, whatever their commandIds', async () => {
    const commands = Array.from({ length: 8 }, (_, index) =>
      server.command(
        'draftPlan',
        plan('наперегонки', index % 2 === 0 ? {} : { commandId: `race-${index}` }),
        METHODOLOGIST,
      ),
    );
    const outcomes = await Promise.all(commands);
    const ids = new Set(outcomes.flatMap((outcome) => (outcome.plan ? [outcome.plan.id] : [])));
    expect(ids.size).toBe(1);
    const codes = outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(new Set(codes)).toEqual(new Set(['EXTERNAL_ID_TAKEN']));
    const last = await server.done('draftPlan', plan('после гонки'), METHODOLOGIST);
    expect(await found('plans', { externalId: 'наперегонки' }, last.position)).toHaveLength(1);
  });

  it('keeps a commandId to one plan', async () => {
    const commandId = 'one-plan';
    await server.done('draftPlan', plan('раз', { commandId }), METHODOLOGIST);
    expect(await server.refused('draftPlan', plan('два', { commandId }), METHODOLOGIST)).toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('loses it to the organisation that it leaves', async () => {
    const { plan: begun } = await server.done('draftPlan', plan('уходит'), METHODOLOGIST);
    await server.done('draftPlan', plan('уходит', { organisationId: other }), METHODOLOGIST);
    const moved = await server.done('assignPlan', { planId: begun.id, organisationId: other });
    const anew = await server.done('draftPlan', plan('уходит'), METHODOLOGIST);
    expect(anew.plan.id).not.toBe(begun.id);
    expect((await server.done('draftPlan', plan('уходит'), METHODOLOGIST)).plan.id).toBe(anew.plan.id);
    expect(await found('plans', { externalId: 'уходит' }, anew.position)).toHaveLength(2);
    const [entry] = moved.entries;
    const shape = z.object({ node: z.object({ changes: z.array(z.object({ path: z.string(), label: z.string() })) }) });
    const document = 'query($id: ID!) { node(id: $id) { ... on AuditEntry { changes { path label } } } }';
    const { node } = await server.read(shape, document, { variables: { id: entry?.id }, language: 'en' });
    expect(node.changes).toContainEqual({ path: 'externalId', label: 'external id' });
  });

  it('may be imported or copied', async () => {
    const content = Buffer.from(readSampleFile()).toString('base64');
    const input = { fileName: 'план.txt', content, organisationId: school, externalId: 'файл' };
    const first = await server.done('importPlan', input, METHODOLOGIST);
    expect((await server.done('importPlan', input, METHODOLOGIST)).plan.id).toBe(first.plan.id);
    const another = Buffer.from(`${new TextDecoder().decode(readSampleFile())}\n`).toString('base64');
    expect(await server.refused('importPlan', { ...input, content: another }, METHODOLOGIST)).toMatchObject({
      code: 'EXTERNAL_ID_TAKEN',
    });
    const copied = { fromPlanId: first.plan.id, externalId: 'копия' };
    const copy = await server.done('copyPlan', copied, METHODOLOGIST);
    expect((await server.done('copyPlan', copied, METHODOLOGIST)).plan.id).toBe(copy.plan.id);
    expect(await found('plans', { externalId: 'копия' }, copy.position)).toEqual([
      { id: copy.plan.id, externalId: 'копия' },
    ]);
  });
});

describe('an activity with an external id', () => {
  const SECTIONS = z.object({ plan: z.object({ sections: z.array(z.object({ id: z.string() })) }) });
  async function drafted(externalId: string) {
    const { plan: begun } = await server.done('draftPlan', plan(externalId), METHODOLOGIST);
    const { position } = await server.done('addSection', { planId: begun.id, title: 'Раздел' }, METHODOLOGIST);
    const document = 'query($id: ID!, $at: Position) { plan(id: $id, atLeast: $at) { sections { id } } }';
    const read = await server.read(SECTIONS, document, { variables: { id: begun.id, at: position } });
    return { planId: begun.id, sectionId: read.plan.sections[0]?.id ?? '' };
  }
  const row = (sectionId: string, externalId: string, title = 'Слёт') => ({
    activity: { sectionId, title, externalId, timeframe: { text: 'май 2021 г.' }, responsible: 'Завуч' },
  });

  it('is found by it, and added once when the command is sent again', async () => {
    const { planId, sectionId } = await drafted('строки');
    const first = await server.done('addActivity', row(sectionId, 'строка 1'), METHODOLOGIST);
    const again = await server.done('addActivity', row(sectionId, 'строка 1'), METHODOLOGIST);
    expect(again.entries).toEqual(first.entries);
    expect(await found('activities', { planId, externalId: 'строка 1' }, first.position)).toHaveLength(1);
    expect(await server.refused('addActivity', row(sectionId, 'строка 1', 'Поход'), METHODOLOGIST)).toMatchObject({
      code: 'EXTERNAL_ID_TAKEN',
    });
  });

  it('is added once by simultaneous commands, and others beside it', async () => {
    const { planId, sectionId } = await drafted('гонка строк');
    const names = ['а', 'б', 'а', 'б', 'а', 'б'];
    const outcomes = await Promise.all(
      names.map((name) => server.done('addActivity', row(sectionId, name), METHODOLOGIST)),
    );
    const last = await server.done('addActivity', row(sectionId, 'в'), METHODOLOGIST);
    expect(new Set(outcomes.map(({ entries }) => entries[0]?.id)).size).toBe(2);
    expect(await found('activities', { planId }, last.position)).toHaveLength(3);
  });

  it('may have the external id of its plan', async () => {
    const { sectionId } = await drafted('одинаковый');
    await server.done('addActivity', row(sectionId, 'одинаковый'), METHODOLOGIST);
  });

  it('may be added again after it was removed from the draft', async () => {
    const { planId, sectionId } = await drafted('снова');
    const added = await server.done('addActivity', row(sectionId, 'туда-сюда'), METHODOLOGIST);
    const [{ id } = { id: '' }] = await found('activities', { planId }, added.position);
    await server.done('removeActivity', { activityId: id }, METHODOLOGIST);
    const anew = await server.done('addActivity', row(sectionId, 'туда-сюда'), METHODOLOGIST);
    expect(await server.done('addActivity', row(sectionId, 'туда-сюда'), METHODOLOGIST)).toMatchObject({
      entries: anew.entries,
    });
    const nodes = await found('activities', { planId }, anew.position);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]?.id).not.toBe(id);
  });
});

describe('a section with an external id', () => {
  const SECTION = z.object({ section: z.object({ id: z.string(), externalId: z.string() }), position: z.string() });
  async function added(input: object) {
    const document = `mutation($input: AddSectionInput!) {
      made: addSection(input: $input) { section { id externalId } position } }`;
    const options = { ...METHODOLOGIST, variables: { input } };
    return (await server.read(z.object({ made: SECTION }), document, options)).made;
  }
  async function foundSections(planId: string, externalId: string, atLeast: string) {
    const shape = z.object({ plan: z.object({ sections: z.array(z.object({ id: z.string() })) }) });
    const document = `query($id: ID!, $externalId: String, $at: Position) {
      plan(id: $id, atLeast: $at) { sections(externalId: $externalId) { id } } }`;
    return (await server.read(shape, document, { variables: { id: planId, externalId, at: atLeast } })).plan.sections;
  }

  it('is found by it, and added once when the command is sent again', async () => {
    const { plan: begun } = await server.done('draftPlan', plan('разделы'), METHODOLOGIST);
    const input = { planId: begun.id, title: 'Работа с семьёй', externalId: 'раздел 1' };
    const first = await added(input);
    await added({ planId: begun.id, title: 'Ещё', externalId: 'раздел 2' });
    const again = await added(input);
    expect(again.section).toEqual(first.section);
    expect(await foundSections(begun.id, 'раздел 1', again.position)).toEqual([{ id: first.section.id }]);
    expect(await server.refused('addSection', { ...input, title: 'Другой' }, METHODOLOGIST)).toMatchObject({
      code: 'EXTERNAL_ID_TAKEN',
      field: 'externalId',
    });
  });

  it('may be added again after it was removed', async () => {
    const { plan: begun } = await server.done('draftPlan', plan('раздел снова'), METHODOLOGIST);
    const input = { planId: begun.id, title: 'Раздел', externalId: 'туда-сюда' };
    const { section } = await added(input);
    await server.done('removeSection', { sectionId: section.id }, METHODOLOGIST);
    const anew = await added(input);
    expect(anew.section.id).not.toBe(section.id);
    expect(await foundSections(begun.id, 'туда-сюда', anew.position)).toEqual([{ id: anew.section.id }]);
  });
});

it('tells a key of one organisation nothing of the external ids of another', async () => {
  await server.done('draftPlan', plan('тайный', { organisationId: other }), METHODOLOGIST);
  const { token } = await newKey(server, { name: 'Школа', role: 'METHODOLOGIST', organisationIds: [school] });
  const ask = async (organisationId: string) => {
    const query = `mutation($input: DraftPlanInput!) { draftPlan(input: $input) { plan { id } userErrors { code field message } } }`;
    const input = plan('тайный', { organisationId });
    const authorization = { authorization: `Bearer ${token}` };
    return (await server.post(JSON.stringify({ query, variables: { input } }), authorization)).text;
  };
  const madeUp = 'organisation_00000000-0000-4000-8000-000000000000';
  expect(await ask(other)).toBe(await ask(madeUp));
  expect(await ask(school)).toContain('plan_');
});
