import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { importCopies } from '../support/watched.js';

let server: TestServer;
let sample: Sample;
/** The audit trail of the API, oldest first. */
let entries: { readonly id: string; readonly sentence: string }[];
let at: string;

const PAGE = z.object({
  auditTrail: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(z.object({ id: z.string(), sentence: z.string() })),
  }),
});

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  await importCopies(server, 11);
  const document = { type: 'ORDER', issuer: null, date: '2020-10-01', number: '=143' };
  const done = await server.done(
    'rescheduleActivity',
    {
      activityId: sample.activity(5),
      timeframe: { text: 'март 2021 г.' },
      reason: '=Форум\nперенесён',
      basis: { document },
    },
    { key: 'director' },
  );
  at = done.position;
  entries = [];
  for (let after: string | null = null; ; ) {
    const { auditTrail }: z.infer<typeof PAGE> = await server.read(
      PAGE,
      'query($after: String, $at: Position) { auditTrail(first: 200, after: $after, atLeast: $at) { pageInfo { hasNextPage endCursor } nodes { id sentence } } }',
      { variables: { after, at }, language: 'ru' },
    );
    entries.push(...auditTrail.nodes);
    if (!auditTrail.pageInfo.hasNextPage) break;
    after = auditTrail.pageInfo.endCursor;
  }
}, 60_000);
afterAll(() => server?.close());

function get(path: string, role: KeyRole | null = 'auditor') {
  const authorization = role ? { authorization: `Bearer ${keyOf(role)}` } : {};
  return fetch(`${server.address}${path}`, { headers: { ...authorization, 'accept-language': 'ru' } });
}

const Line = z.looseObject({ id: z.string(), position: z.string(), sentence: z.string() });
const linesOf = async (query: string) =>
  (await (await get(`/audit.jsonl?${query}`)).text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));

describe('the audit trail as a file', () => {
  it('holds every entry once, in order, as the API tells it', async () => {
    const lines = await linesOf('');
    expect(entries.length).toBeGreaterThan(220);
    expect(lines.map(({ id, sentence }) => ({ id, sentence }))).toEqual(entries);
    expect(lines.at(-1)).toMatchObject({
      reason: '=Форум\nперенесён',
      basis: { document: { type: 'ORDER', number: '=143' }, withoutDocument: false },
      planId: sample.planId,
      activityId: sample.activity(5),
    });
  });

  it('goes on behind any of its lines, as after an answer that was cut short', async () => {
    const lines = await linesOf('');
    for (const place of [0, 199, 200, lines.length - 2, lines.length - 1]) {
      expect(await linesOf(`after=${lines[place]?.position}`)).toEqual(lines.slice(place + 1));
    }
  });

  it('is that of the conditions alone', async () => {
    const found = await linesOf(`planId=${sample.planId}&text=форум&eventType=ActivityRescheduled,PlanAmended`);
    expect(found.map(({ eventType }) => eventType)).toEqual(['PlanAmended', 'ActivityRescheduled']);
    expect(await linesOf('orderNumber=143')).toEqual([]);
    expect(await linesOf('from=2031-01-01T00:00:00Z')).toEqual([]);
  });

  it('opens as a table, and nothing in it as a formula', async () => {
    const text = await (await get('/audit.csv')).text();
    const rows: Record<string, string>[] = parse(text, { columns: true, delimiter: ';', bom: true });
    expect(rows.map((row) => row['Что сделано'])).toEqual(entries.map(({ sentence }) => sentence));
    expect(rows.at(-1)).toMatchObject({ Причина: "'=Форум\nперенесён", Основание: 'Приказ №=143 от 01.10.2020 г.' });
    expect(rows.at(-1)?.Изменения).toContain('срок: текст: февраль 2021г. → март 2021 г.');
  });

  it('is for who may read the audit trail, and says what is asked for wrongly', async () => {
    expect((await get('/audit.jsonl', 'dashboard')).status).toBe(403);
    expect((await get('/audit.jsonl', null)).status).toBe(401);
    for (const [query, said] of [
      ['plan=1', 'There is no parameter plan: give planId'],
      ['from=вчера', 'from is a moment such as 2020-10-01T09:00:00Z'],
      ['after=nonsense', 'this is not a position'],
      ['planId=nonsense', 'id'],
      ['text=a&text=b', 'Give text once'],
      ['eventType=PlanAproved', 'There are no events «PlanAproved»'],
      ['orderNumber=№', 'orderNumber is the number of an order'],
      ['text=%25', 'text is one or more words'],
      ['from=2020-10-02T00:00:00Z&to=2020-10-01T00:00:00Z', 'from is after to'],
    ] as const) {
      const answer = await get(`/audit.csv?${query}`);
      expect([query, answer.status, await answer.text()]).toEqual([query, 400, expect.stringContaining(said)]);
    }
  });
});
