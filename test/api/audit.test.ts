import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Done } from '../support/api.js';
import { HOLDERS, type KeyRole, ORGANISATION } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const ORDER = { type: 'ORDER', issuer: 'МБУДО «ЦВР»', date: '2020-09-18', number: '41' };
const ROW = '3. «Обновление содержания страницы Центра поддержки и научно-методического сопровождения деяте…»';

let server: TestServer;
let sample: Sample;
let activityId: string;
/** The results of the commands on activity 3 that the tests look for in the audit trail. */
let rescheduled: Done;
let completed: Done;
let reported: Done;
let accepted: Done;

beforeAll(async () => {
  server = await startServer({ clock: '2020-09-20T09:00:00Z' });
  sample = await sampleOf(server);
  activityId = sample.activity(3);
  rescheduled = await server.done(
    'rescheduleActivity',
    {
      activityId,
      timeframe: { text: 'до 15 октября 2020 г.' },
      reason: 'Переезд сайта',
      basis: { document: ORDER },
      effectiveOn: '2020-09-21',
    },
    { key: 'director' },
  );
  completed = await server.done(
    'completeActivity',
    { activityId, actualOn: '2020-09-19', note: 'Обе вкладки' },
    { key: 'methodologist' },
  );
  reported = await server.done(
    'submitReport',
    {
      activityId,
      actualOn: '2020-09-19',
      text: 'Вкладки созданы',
      evidence: [{ title: 'Семейная страничка', url: 'https://example.org/family' }],
    },
    { key: 'methodologist' },
  );
  accepted = await server.done('acceptReport', { reportId: reportId() }, { key: 'director' });
});
afterAll(() => server.close());

function reportId(): string {
  return sample.inPlan('report', 'a3.r1');
}

/** The parties that an activity names. */
async function partiesOf(id: string, at: string | null = null): Promise<string[]> {
  const shape = z.object({
    activity: z.object({ responsible: z.array(z.object({ party: z.object({ id: z.string() }) })) }),
  });
  const document =
    'query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { responsible { party { id } } } }';
  const { activity } = await server.read(shape, document, { variables: { id, at } });
  return activity.responsible.map(({ party }) => party.id);
}

/** The positions of the entries about a party. */
async function entriesOf(partyId: string): Promise<string[]> {
  const shape = z.object({ auditTrail: z.object({ nodes: z.array(z.object({ position: z.string() })) }) });
  const document =
    'query($partyId: ID!) { auditTrail(filter: { partyId: $partyId }, first: 200) { nodes { position } } }';
  const { auditTrail } = await server.read(shape, document, { variables: { partyId } });
  return auditTrail.nodes.map(({ position }) => position);
}

const TRAIL = z.object({ auditTrail: z.object({ nodes: z.array(z.unknown()) }) });

/** Returns the audit trail after the import, with these fields. */
async function trail(fields: string, options: { key?: KeyRole; language?: 'ru' | 'en' } = {}): Promise<unknown[]> {
  const { auditTrail } = await server.read(
    TRAIL,
    `query($planId: ID!, $atLeast: Position) {
       auditTrail(filter: { planId: $planId }, last: 5, atLeast: $atLeast) { nodes { ${fields} } }
     }`,
    { ...options, variables: { planId: sample.planId, atLeast: accepted.position } },
  );
  return auditTrail.nodes;
}

describe('the audit trail of a moved, done, reported and accepted activity', () => {
  it('has an entry for each thing that happened, in order, with the edition after it', async () => {
    expect(await trail('eventType edition revision activityId planId recordedAt')).toEqual(
      [
        ['PlanAmended', 21, null],
        ['ActivityRescheduled', 22, activityId],
        ['ActivityCompleted', 23, activityId],
        ['ReportSubmitted', 24, activityId],
        ['ReportAccepted', 25, activityId],
      ].map(([eventType, revision, about]) => ({
        eventType,
        revision,
        activityId: about,
        edition: 2,
        planId: sample.planId,
        recordedAt: '2020-09-20T09:00:00.000Z',
      })),
    );
  });

  it('says who did it, in which post, and by which key', async () => {
    const by = (role: 'director' | 'methodologist') => ({
      actor: {
        role: role.toUpperCase(),
        post: HOLDERS[role].post,
        name: HOLDERS[role].name,
        organisation: ORGANISATION,
      },
      client: HOLDERS[role].name,
      onBehalfOf: null,
    });
    expect(await trail('actor { role post name organisation } client onBehalfOf')).toEqual([
      by('director'),
      by('director'),
      by('methodologist'),
      by('methodologist'),
      by('director'),
    ]);
  });

  it('says why, on what order, and from which day it counts', async () => {
    const decided = {
      reason: 'Переезд сайта',
      effectiveOn: '2020-09-21',
      basis: { withoutDocument: false, document: ORDER },
    };
    const plain = { reason: null, effectiveOn: null, basis: null };
    const fields = 'reason effectiveOn basis { withoutDocument document { type issuer date number } }';
    expect(await trail(fields)).toEqual([decided, decided, plain, plain, plain]);
  });

  it('shows each changed field before and after', async () => {
    const added = (path: string, after: string) => ({ path: `activities[a3].${path}`, before: null, after });
    expect(await trail('changes { path before after }')).toEqual([
      { changes: [{ path: 'edition', before: '1', after: '2' }] },
      {
        changes: [
          {
            path: 'activities[a3].timeframe.text',
            before: 'сентябрь 2020 г.',
            after: 'до 15 октября 2020 г.',
          },
          {
            path: 'activities[a3].timeframe.schedule',
            before: '01.09.2020 – 30.09.2020',
            after: 'до 15.10.2020',
          },
        ],
      },
      {
        changes: [added('completions[a3.1].actualOn', '19.09.2020'), added('completions[a3.1].note', 'Обе вкладки')],
      },
      {
        changes: [
          added('reports[a3.r1].status', 'на приёмке'),
          added('reports[a3.r1].text', 'Вкладки созданы'),
          added('reports[a3.r1].actualOn', '19.09.2020'),
          added('reports[a3.r1].interim', 'нет'),
          added('reports[a3.r1].late', 'нет'),
          added('reports[a3.r1].evidence[0].title', 'Семейная страничка'),
          added('reports[a3.r1].evidence[0].url', 'https://example.org/family'),
          added('reports[a3.r1].submittedOn', '20.09.2020'),
          added('reports[a3.r1].points', '1'),
        ],
      },
      { changes: [{ path: 'activities[a3].reports[a3.r1].status', before: 'на приёмке', after: 'принят' }] },
    ]);
  });

  it('tells it in Russian', async () => {
    expect(await trail('sentence', { language: 'ru' })).toEqual([
      { sentence: 'Внесены изменения, редакция 2' },
      { sentence: `Новый срок «до 15 октября 2020 г.»: ${ROW}` },
      { sentence: `Выполнено 19.09.2020: ${ROW}` },
      { sentence: `Представлен отчёт: ${ROW}` },
      { sentence: `Отчёт принят, снято с контроля: ${ROW}` },
    ]);
  });

  it('tells it in English', async () => {
    expect(await trail('sentence', { language: 'en' })).toEqual([
      { sentence: 'Amended, edition 2' },
      { sentence: `Rescheduled to «до 15 октября 2020 г.»: ${ROW}` },
      { sentence: `Completed on 2020-09-19: ${ROW}` },
      { sentence: `Report submitted: ${ROW}` },
      { sentence: `Report accepted: ${ROW}` },
    ]);
  });

  it('has the same entries that the commands answered', async () => {
    const answered = [rescheduled, completed, reported, accepted].flatMap(({ entries }) => entries);
    expect(await trail('id eventType position')).toEqual(answered);
  });

  it('is found by activity, section, actor, event type, order, words and moment', async () => {
    const count = async (filter: Readonly<Record<string, unknown>>) => {
      const shape = z.object({ auditTrail: z.object({ totalCount: z.number() }) });
      const document = 'query($filter: AuditFilter) { auditTrail(filter: $filter) { totalCount } }';
      return (await server.read(shape, document, { variables: { filter } })).auditTrail.totalCount;
    };
    const actors = await trail('actor { holder { id } }');
    const actor = z.object({ actor: z.object({ holder: z.object({ id: z.string() }) }) }).parse(actors.at(-1)).actor
      .holder.id;
    expect(await count({ planId: sample.planId })).toBe(26);
    expect(await count({ activityId })).toBe(5);
    expect(await count({ sectionId: sample.section(1) })).toBe(3);
    expect(await count({ orderNumber: '№ 41' })).toBe(2);
    expect(await count({ orderNumber: '4' })).toBe(0);
    expect(await count({ text: 'переезд сайт' })).toBe(2);
    expect(await count({ text: 'вкладки создан', eventType: ['ReportSubmitted'] })).toBe(1);
    expect(await count({ text: 'вкладок' })).toBe(0);
    expect(await count({ actorId: actor })).toBe(3);
    expect(await count({ planId: sample.planId, eventType: ['ActivityPlanned', 'ReportAccepted'] })).toBe(14);
    expect(await count({ from: '2020-09-20T09:00:00Z', to: '2020-09-20T09:00:00Z' })).toBe(33);
    expect(await count({ from: '2020-09-20T09:00:01Z' })).toBe(0);
  });

  it('begins with what the import wrote, by the system', async () => {
    const document = `query($id: ID!) {
      auditTrail(filter: { planId: $id }, first: 1) { nodes { eventType actor { role name } edition } }
    }`;
    expect(await server.data(document, { variables: { id: sample.planId } })).toEqual({
      auditTrail: {
        nodes: [{ eventType: 'PlanDrafted', actor: { role: 'SYSTEM', name: 'Летопись' }, edition: 0 }],
      },
    });
  });
});

describe('the plan after these commands', () => {
  it('is in edition 2 as soon as the amendment is acknowledged', () => {
    expect(rescheduled.plan).toMatchObject({ edition: 2, revision: 22, status: 'APPROVED' });
  });

  it('shows the activity as done in time, accepted, and what the first approved term was', async () => {
    const document = `query($id: ID!, $atLeast: Position) {
      activity(id: $id, atLeast: $atLeast) {
        due timing evidence timeframe { text }
        points { dueOn firstApprovedDueOn paperDueOn actualOn timing evidence }
        reports { id status text pointIds actualOn interim late evidence { title url sha256 } }
      }
    }`;
    expect(await server.data(document, { variables: { id: activityId, atLeast: accepted.position } })).toEqual({
      activity: {
        due: '2020-10-15',
        timing: 'DONE_ON_TIME',
        evidence: 'ACCEPTED',
        timeframe: { text: 'до 15 октября 2020 г.' },
        points: [
          {
            dueOn: '2020-10-15',
            firstApprovedDueOn: '2020-09-30',
            paperDueOn: '2020-10-15',
            actualOn: '2020-09-19',
            timing: 'DONE_ON_TIME',
            evidence: 'ACCEPTED',
          },
        ],
        reports: [
          {
            id: reportId(),
            status: 'ACCEPTED',
            text: 'Вкладки созданы',
            pointIds: [sample.inPlan('point', 'a3.1')],
            actualOn: '2020-09-19',
            interim: false,
            late: false,
            evidence: [{ title: 'Семейная страничка', url: 'https://example.org/family', sha256: null }],
          },
        ],
      },
    });
  });

  it('answers a reader who gives the position of a write with that write', async () => {
    for (const note of ['раз', 'два', 'три']) {
      const activity = { activityId: sample.activity(11) };
      const { position } = await server.done('completeActivity', { ...activity, actualOn: '2020-09-20', note });
      const seen = await server.data(
        `query($id: ID!, $at: Position) {
           auditTrail(filter: { activityId: $id }, last: 1, atLeast: $at) { nodes { position } }
         }`,
        { variables: { id: activity.activityId, at: position } },
      );
      expect(seen).toEqual({ auditTrail: { nodes: [{ position }] } });
      await server.done('withdrawCompletion', { ...activity, reason: 'Проба' });
    }
  });
});

describe('the responsible parties of an activity', () => {
  it('are what its entries are found by, those before a change and those after it', async () => {
    const about = sample.activity(13);
    const before = await partiesOf(about);
    const input = { activityId: about, responsible: 'МОБУ «Новая СОШ»', reason: 'Замена' };
    const { position } = await server.done('reassignActivity', input, { key: 'director' });
    const after = await partiesOf(about, position);
    expect(before).not.toContain(after[0]);
    for (const party of [...before, ...after]) expect(await entriesOf(party)).toContain(position);
    // The entry is the only entry of the new party, and is not among the entries of any other party.
    expect(await entriesOf(after[0] ?? '')).toEqual([position]);
    const others = (await partiesOf(sample.activity(3))).filter((party) => !before.includes(party));
    for (const party of others) expect(await entriesOf(party)).not.toContain(position);
    const nobody = `party_${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`;
    expect(await entriesOf(nobody)).toEqual([]);
  });

  it('are one field before and after, whether they name a person or not', async () => {
    const about = sample.activity(12);
    const input = { activityId: about, responsible: 'Иванова А.П., методист', reason: 'Замена' };
    const { position } = await server.done('reassignActivity', input, { key: 'director' });
    const document = `query($id: ID!, $at: Position) {
      auditTrail(filter: { activityId: $id }, last: 1, atLeast: $at) { nodes { changes { path before after } } } }`;
    expect(await server.data(document, { variables: { id: about, at: position } })).toEqual({
      auditTrail: {
        nodes: [
          {
            changes: [
              {
                path: 'activities[a12].responsible',
                before: expect.stringMatching(/^Отдел образования администрации Бузулукского района, Центр .*,$/),
                after: 'Иванова А.П., методист',
              },
            ],
          },
        ],
      },
    });
  });
});
