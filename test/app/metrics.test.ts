import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyOf } from '../support/keys.js';
import { sampleOf, startServer, type TestServer } from '../support/server.js';
import { statusOf } from '../support/waiting.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

async function scraped(): Promise<string> {
  const headers = { authorization: `Bearer ${keyOf('dashboard')}` };
  const response = await fetch(`${server.address}/metrics`, { headers });
  expect(response.headers.get('content-type')).toMatch('text/plain; version=0.0.4');
  return response.text();
}

/** The value of a metric, by its name and labels as printed. */
function figure(text: string, name: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  if (line === undefined) throw new Error(`there is no ${name}`);
  return Number(line.slice(name.length + 1));
}

describe('/metrics', () => {
  it('needs a key', async () => {
    expect(await statusOf(`${server.address}/metrics`)).toBe(401);
  });

  it('counts commands, appends and groups, and what the read models took', async () => {
    const sample = await sampleOf(server);
    const before = await scraped();
    const { position } = await server.done('completeActivity', {
      activityId: sample.activity(3),
      actualOn: '2020-09-30',
    });
    await server.refused('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    const after = await scraped();
    const grown = (name: string) => figure(after, name) - figure(before, name);
    expect(grown('letopis_commands_total{outcome="done"}')).toBe(1);
    expect(figure(after, 'letopis_commands_total{outcome="refused"}')).toBe(1);
    expect(grown('letopis_appends_total{outcome="stored"}')).toBe(1);
    expect(grown('letopis_append_seconds_count')).toBe(1);
    expect(grown('letopis_append_group_size_count')).toBe(1);
    expect(grown('letopis_projected_events_total')).toBe(1);
    expect(figure(after, 'letopis_read_model_lag_events')).toBe(0);
    expect(figure(after, 'letopis_notices')).toBe(0);
    expect(after).toMatch('process_resident_memory_bytes');
  });

  it('counts the subscriptions that are open', async () => {
    const subscribed = server.subscribe('subscription { changes { position } }');
    const next = subscribed.next();
    while (figure(await scraped(), 'letopis_subscriptions') !== 1);
    await subscribed.close();
    await next;
    while (figure(await scraped(), 'letopis_subscriptions') !== 0);
  });

  it('names no plan, person or key', async () => {
    const text = await scraped();
    for (const secret of ['Филатова', keyOf('administrator'), 'plan-']) expect(text).not.toMatch(secret);
  });
});
