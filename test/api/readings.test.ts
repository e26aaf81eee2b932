import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { EXPORT_FORMATS } from '../../src/documents/printing/formats.js';
import { newKey } from '../support/access.js';
import { holderIdOf, KEY_ROLES, type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
/** The id of each role's key. */
let ids: ReadonlyMap<string, string>;
/** The subjects of the persons on the stamps of the sample. */
let subjects: Readonly<Record<'Филатова' | 'Стапинов', string>>;

const Readings = z.object({
  nameReadings: z.object({
    totalCount: z.number(),
    nodes: z.array(z.object({ day: z.string(), actorId: z.string(), subject: z.string(), way: z.string() })),
  }),
});
const READINGS = `query($filter: NameReadingFilter, $first: Int, $after: String) { nameReadings(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { day actorId subject way } } }`;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  ids = new Map(KEY_ROLES.map((role) => [role, `access_${holderIdOf(role)}`]));
  const subjectOf = async (name: string) => {
    const shape = z.object({ person: z.object({ subject: z.string() }) });
    return (await server.read(shape, `{ person(name: "${name}") { subject } }`)).person.subject;
  };
  subjects = { Филатова: await subjectOf('Е.Н. Филатова'), Стапинов: await subjectOf('СВ Стапинов') };
});
afterAll(() => server?.close());

/** The ways by which the holder of a key has read the name of Филатова. */
async function waysOf(role: KeyRole): Promise<string[]> {
  const filter = { subject: subjects.Филатова, actorId: ids.get(role) };
  const { nameReadings } = await server.read(Readings, READINGS, { variables: { filter }, key: 'auditor' });
  return nameReadings.nodes.map(({ way }) => way).toSorted();
}

/** Returns the text of a file, or of all parts of an office document. */
function textIn(bytes: Uint8Array): string {
  const isZip = strFromU8(bytes.subarray(0, 2), true) === 'PK';
  const parts = isZip ? Object.values(unzipSync(bytes)) : [bytes];
  return parts.map((part) => strFromU8(part)).join('\n');
}

const STAMPS = '{ plans { nodes { stamps { person } } } }';

describe('who read names of persons', () => {
  it('is kept of whoever was told them, by each way, and of nobody else', async () => {
    const get = (path: string, role: KeyRole) =>
      fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${keyOf(role)}` } }).then((answer) =>
        answer.text(),
      );
    expect(await waysOf('director')).toEqual([]);
    expect((await server.query(STAMPS, { key: 'dashboard' })).text).not.toContain('Филатова');
    await get(`/plans/${sample.planId}.html`, 'dashboard');
    expect(await waysOf('dashboard')).toEqual([]);
    // A caller who requests a plan, but no name in it, has read no name.
    await server.data('{ plans { nodes { title stamps { post } sections { title } } } }', { key: 'director' });
    await server.data('{ auditTrail { nodes { eventType actor { role } changes { path } } } }', { key: 'director' });
    expect(await waysOf('director')).toEqual([]);
    expect((await server.query(STAMPS, { key: 'director' })).text).toContain('Филатова');
    expect(await waysOf('director')).toEqual(['QUERY']);
    expect(await get(`/plans/${sample.planId}.html`, 'director')).toContain('Филатова');
    expect(await get('/audit.jsonl', 'director')).toContain('Филатова');
    expect(await waysOf('director')).toEqual(['AUDIT_FILE', 'DOCUMENT', 'QUERY']);
    await server.data(`{ plan(id: "${sample.planId}", asOf: { revision: 20 }) { stamps { person } } }`, {
      key: 'methodologist',
    });
    expect(await waysOf('methodologist')).toEqual(['QUERY']);
  });

  it('is kept of everybody who takes the trail or a document with a name, in each format', async () => {
    const documents = EXPORT_FORMATS.map((format) => `/plans/${sample.planId}.${format}`);
    const month = `/plans/${sample.planId}.text?month=2020-10`;
    const others = [
      `/plans/${sample.planId}.docx?report=QUARTER&day=2020-11-30`,
      '/plans.jsonl',
      '/audit.jsonl',
      '/audit.csv',
      `/plans/${sample.planId}/proof.html?names=true`,
    ];
    const recorded: string[] = [];
    for (const path of [...documents.filter((each) => !each.endsWith('.text')), month, ...others]) {
      const { token, id } = await newKey(server, { name: 'Проверяющий', role: 'AUDITOR' });
      const answer = await fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const text = textIn(new Uint8Array(await answer.arrayBuffer()));
      expect([path, answer.status]).toEqual([path, 200]);
      const { nameReadings } = await server.read(Readings, READINGS, {
        variables: { filter: { subject: subjects.Филатова, actorId: id } },
        key: 'auditor',
      });
      // The whole document is printed before a format such as CSV leaves out its head.
      if (!text.includes('Филатова')) continue;
      expect([path, nameReadings.totalCount]).toEqual([path, 1]);
      recorded.push(path);
    }
    expect(recorded.length).toBeGreaterThan(5);
    const proof = `/plans/${sample.planId}/proof.html?names=true`;
    expect(recorded).toEqual(expect.arrayContaining(['/audit.jsonl', '/audit.csv', '/plans.jsonl', proof]));
  });

  it('is kept of who looks a person up', async () => {
    expect(await waysOf('administrator')).toEqual(['QUERY']);
  });

  it('is kept of a subscriber', async () => {
    const shape = z.object({ system: z.object({ head: z.string() }) });
    const { system } = await server.read(shape, '{ system { head } }');
    const document = `subscription { changes(resumeAfter: "${system.head}") { entry { actor { name } } } }`;
    const subscribed = server.subscribe(document, { key: 'department' });
    const input = { activityId: sample.activity(3), actualOn: '2020-09-30', text: 'Сделано' };
    await server.done('submitReport', input, { key: 'methodologist' });
    expect(JSON.stringify(await subscribed.next())).toContain('name');
    await subscribed.close();
    // The reading is written when the subscription ends on the server, which is after the client has disconnected.
    let ways: string[] = [];
    while (ways.length === 0) {
      const filter = { actorId: ids.get('department') };
      const { nameReadings } = await server.read(Readings, READINGS, { variables: { filter }, key: 'auditor' });
      ways = nameReadings.nodes.map(({ way }) => way);
    }
    expect(ways).toEqual(['SUBSCRIPTION']);
  });

  it('is told page by page to auditors and the administrator alone', async () => {
    const page = z.object({
      nameReadings: z.object({
        totalCount: z.number(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(z.unknown()),
      }),
    });
    let [after, seen, total]: [string | null, number, number] = [null, 0, 0];
    for (let more = true; more; ) {
      const { nameReadings }: z.infer<typeof page> = await server.read(page, READINGS, {
        variables: { first: 2, after },
        key: 'auditor',
      });
      seen += nameReadings.nodes.length;
      total = nameReadings.totalCount;
      [more, after] = [nameReadings.pageInfo.hasNextPage, nameReadings.pageInfo.endCursor];
    }
    expect(seen).toBeGreaterThan(6);
    expect(seen).toBe(total);
    for (const role of ['director', 'methodologist', 'department', 'integrator', 'dashboard'] as const) {
      expect((await server.query(READINGS, { key: role })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await server.query('{ nameReadings(after: "x") { totalCount } }')).errors[0]?.extensions.code).toBe(
      'BAD_CURSOR',
    );
  });
});
