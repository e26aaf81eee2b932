import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { FIELD_PATH } from '../support/api.js';
import { holderIdOf, KEY_ROLES, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
let at: string;
/** The plan's revision before anybody was forgotten. */
let revision: number;

const RESPONSIBLE = 'Иванова А.П., методист';
const GROUND = { ground: 'CONSENT_WITHDRAWN', reason: 'Заявление № 7', requestedOn: '2020-10-10' };

beforeAll(async () => {
  server = await startServer({ clock: '2020-10-15T09:00:00Z' });
  sample = await sampleOf(server);
  const change = (activity: number, responsible: string) => {
    const input = { activityId: sample.activity(activity), responsible, reason: 'Замена' };
    return server.done('reassignActivity', input, { key: 'director' });
  };
  await change(5, RESPONSIBLE);
  await change(7, 'Иванова Анна Петровна');
  const report = { activityId: sample.activity(3), actualOn: '2020-10-01', text: 'Провела А.П. Иванова в Ивановке' };
  const done = await server.done('submitReport', report, { key: 'methodologist' });
  [at, revision] = [done.position, done.plan.revision];
});
afterAll(() => server?.close());

const Known = z.object({
  person: z
    .looseObject({
      subject: z.string().nullable(),
      name: z.string().nullable(),
      alike: z.array(z.looseObject({ name: z.string() })),
    })
    .nullable(),
});
const known = async (who: { name: string } | { subject: string }) =>
  (
    await server.read(
      Known,
      `query($name: String, $subject: ID, $at: Position) { person(name: $name, subject: $subject, atLeast: $at) {
        subject name entryCount plans { planId retainedUntil isRetained } mentions { path excerpt } hasMoreMentions
        apiKeys { name } alike { subject name } } }`,
      { variables: { ...who, at } },
    )
  ).person;

const Forgotten = z.object({
  forgetPerson: z.object({
    person: z.looseObject({ name: z.string().nullable() }).nullable(),
    entries: z.array(z.object({ sentence: z.string(), reason: z.string().nullable() })),
    position: z.string().nullable(),
    userErrors: z.array(z.object({ code: z.string(), field: FIELD_PATH, message: z.string() })),
  }),
});
const forget = async (input: object) => {
  const document = `mutation($input: ForgetPersonInput!) { forgetPerson(input: $input) {
    person { name mentions { excerpt } } entries { sentence reason } position userErrors { code field message } } }`;
  const answer = await server.read(Forgotten, document, { variables: { input }, language: 'ru' });
  at = answer.forgetPerson.position ?? at;
  return answer.forgetPerson;
};
const refusal = async (input: object) => (await forget({ ...GROUND, ...input })).userErrors[0]?.code;

describe('what is known of a person', () => {
  it('is told with every plan and every free text in which the name may stand', async () => {
    // A name in another spelling does not match a sealed name. Similar names and possible mentions are listed all the
    // same.
    expect(await known({ name: 'А.П. ИВАНОВА' })).toMatchObject({
      subject: null,
      entryCount: 0,
      mentions: [{ path: 'data.text' }],
      alike: [{ name: 'Иванова А.П.' }, { name: 'Иванова Анна Петровна' }],
    });
    expect(await known({ name: 'Никто Н.Н.' })).toBeNull();
    expect(await known({ name: 'Иванова А.П.' })).toMatchObject({
      name: 'Иванова А.П.',
      entryCount: 1,
      plans: [{ planId: sample.planId, retainedUntil: '2027-01-01', isRetained: true }],
      mentions: [{ path: 'data.text', excerpt: 'Провела А.П. Иванова в Ивановке' }],
      hasMoreMentions: false,
      apiKeys: [],
      alike: [{ name: 'Иванова Анна Петровна' }],
    });
  });

  it('is the same by the subject', async () => {
    const person = await known({ name: 'Иванова А.П.' });
    expect(await known({ subject: person?.subject ?? '' })).toEqual(person);
    expect(await known({ subject: 'person_00000000-0000-4000-8000-000000000000' })).toBeNull();
  });

  it('is for the administrator alone, as is forgetting', async () => {
    const queries = [
      '{ person(name: "Иванова А.П.") { name } }',
      'mutation { forgetPerson(input: { name: "Иванова А.П.", ground: UNLAWFUL }) { person { name } userErrors { code } } }',
    ];
    for (const role of KEY_ROLES.filter((each) => each !== 'administrator')) {
      for (const query of queries) {
        const { text } = await server.query(query, { key: role });
        expect([role, text]).toEqual([role, expect.stringMatching(/"code":"(FORBIDDEN|NOT_AUTHORISED)"/)]);
        expect(text).not.toContain('Иванова');
      }
    }
    expect((await server.query('{ person { name } }')).errors[0]?.message).toContain('one of both');
  });
});

describe('forgetting', () => {
  it('is refused with what to do first', async () => {
    expect(await refusal({ name: 'Никто Н.Н.' })).toBe('PERSON_NOT_FOUND');
    expect(await refusal({ name: 'Иванова А.П.' })).toBe('RETENTION_NOT_OVER');
    expect(await refusal({ name: 'Иванова А.П.', reason: 'Просьба Ивановой' })).toBe('PERSON_IS_NAMED');
    expect(await refusal({ name: 'Иванова А.П.', reason: null })).toBe('REASON_REQUIRED');
    const { userErrors } = await forget({ ...GROUND, name: (await bearer()) ?? '', despiteRetention: true });
    expect(userErrors).toMatchObject([
      { code: 'PERSON_HAS_KEYS', message: expect.stringContaining('letopis keys rename') },
    ]);
    expect((await known({ name: 'Иванова А.П.' }))?.name).toBe('Иванова А.П.');
    // The program has a name by which it acts.
    expect(await refusal({ name: 'Летопись', despiteRetention: true })).toBe('PERSON_HAS_KEYS');
  });

  it('is not read by a comparison whose text is not selected', async () => {
    const shape = z.object({ nameReadings: z.object({ totalCount: z.number() }) });
    const readBy = async (selection: string) => {
      await server.data(`query($id: ID!) { compare(planId: $id, from: { revision: 20 }) { ${selection} } }`, {
        variables: { id: sample.planId },
        key: 'department',
      });
      const filter = { actorId: `access_${holderIdOf('department')}` };
      const query = 'query($filter: NameReadingFilter) { nameReadings(filter: $filter) { totalCount } }';
      return (await server.read(shape, query, { variables: { filter }, key: 'auditor' })).nameReadings.totalCount;
    };
    expect(await readBy('fields { path }')).toBe(0);
    expect(await readBy('fields { path } text')).toBeGreaterThan(0);
  });

  it('leaves nothing of the name in the present, the past, history, papers and files', async () => {
    const seen = async () => {
      const get = async (path: string) =>
        (await fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${keyOf('auditor')}` } })).text();
      const plan = `sections { activities(first: 200) { nodes { responsibleText history(first: 200) { nodes { changes { before after } } } } } }`;
      const answers = await server.data(
        `query($id: ID!, $activity: ID!, $past: AsOf!, $at: Position) {
          plan(id: $id, atLeast: $at) { ${plan} } past: plan(id: $id, asOf: $past) { ${plan} }
          history(activityId: $activity) { nodes { after { responsibleText } entry { changes { after } } } }
          compare(planId: $id, from: { revision: 20 }) { text rows { after { responsibleText } } } }`,
        { variables: { id: sample.planId, activity: sample.activity(5), past: { revision }, at }, key: 'auditor' },
      );
      const files = [
        `/plans/${sample.planId}.html`,
        `/plans/${sample.planId}.json`,
        `/plans/${sample.planId}.text?compare=r20..`,
        '/audit.jsonl',
        '/audit.csv',
      ];
      return [JSON.stringify(answers), ...(await Promise.all(files.map(get)))];
    };
    for (const text of await seen()) expect(text).toContain('Иванова А.П.');
    const { subject } = (await known({ name: 'Иванова А.П.' })) ?? {};
    const commandId = 'forget-1';
    const input = { ...GROUND, name: 'Иванова А.П.', despiteRetention: true, commandId };
    const outcome = await forget(input);
    expect(outcome).toMatchObject({
      person: { name: 'Иванова А.П.', mentions: [{ excerpt: expect.stringContaining('Иванова') }] },
      entries: [{ sentence: 'Имя человека удалено: ключ к нему уничтожен', reason: 'Заявление № 7' }],
      userErrors: [],
    });
    for (const text of await seen()) {
      expect(text).not.toContain('Иванова А.П.');
      expect(text).toContain('удалено');
      // The other person with a similar name, who is not forgotten.
      expect(text).toContain('Иванова Анна Петровна');
    }
    expect(await known({ subject: subject ?? '' })).toMatchObject({ name: null, mentions: [], alike: [] });
    expect(await known({ name: 'Иванова А.П.' })).toMatchObject({ subject: null, mentions: [{}] });
    expect((await forget({ ...GROUND, subject, despiteRetention: true })).userErrors).toMatchObject([
      { code: 'PERSON_FORGOTTEN' },
    ]);
    // The command may be repeated only for the same person. Otherwise the other person would seem forgotten.
    expect(await refusal({ ...input, name: 'Никто Н.Н.' })).toBe('COMMAND_ID_REUSED');
    expect((await forget(input)).userErrors).toEqual([]);
  });

  it('is told in the audit trail and the change feed, and proved', async () => {
    const answer = await server.data(
      'query($at: Position) { auditTrail(last: 1, atLeast: $at) { nodes { eventType planId organisationId sentence reason changes { path } } } }',
      { key: 'auditor', language: 'en', variables: { at } },
    );
    expect(answer).toEqual({
      auditTrail: {
        nodes: [
          {
            ...{
              eventType: 'PersonForgotten',
              planId: null,
              organisationId: null,
              reason: 'Заявление № 7',
              changes: [{ path: 'ground' }, { path: 'requestedOn' }, { path: 'retainedPlans' }],
            },
            sentence: 'The name of a person is erased: its key is destroyed',
          },
        ],
      },
    });
    const feed = z.object({ changes: z.object({ changes: z.array(z.object({ eventType: z.string() })) }) });
    const { changes } = await server.read(feed, '{ changes(first: 200) { changes { eventType } } }');
    expect(changes.changes.at(-1)).toEqual({ eventType: 'PersonForgotten' });
  });
});

/** The name of some API key that has acted. */
async function bearer(): Promise<string | undefined> {
  const shape = z.object({
    auditTrail: z.object({ nodes: z.array(z.object({ actor: z.object({ name: z.string() }) })) }),
  });
  const { auditTrail } = await server.read(
    shape,
    '{ auditTrail(last: 1, filter: { eventType: [ReportSubmitted] }) { nodes { actor { name } } } }',
  );
  return auditTrail.nodes[0]?.actor.name;
}
