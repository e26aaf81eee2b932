import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { removeDirectory } from '../support/server.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

let server: WatchedServer;
let planId: string;
const SINCE = '2020-10-01T09:00:00.000Z';

beforeAll(async () => {
  server = await startWatchedServer();
  const shape = z.object({ plans: z.object({ nodes: z.tuple([z.object({ id: z.string() })]) }) });
  planId = (await server.read(shape, '{ plans { nodes { id } } }')).plans.nodes[0].id.replace('plan_', '');
});
afterAll(async () => {
  await server.close();
  await removeDirectory(server.directory);
});

async function quarantine(model: string, documentId: string): Promise<void> {
  const failure = {
    model,
    stream: `plan-${planId}`,
    documentId,
    position: '0000000000000021',
    recordedAt: SINCE,
    message: 'TypeError: …',
  };
  await server.letopis.services.runner.quarantine.settle([{ model, failures: [failure], written: [] }]);
}

async function asked(document: string) {
  const { data, text } = await server.query(document);
  const { extensions } = z.object({ extensions: z.unknown().optional() }).parse(JSON.parse(text));
  return { data, extensions };
}

async function head(): Promise<string> {
  const shape = z.object({ system: z.object({ head: z.string() }) });
  return (await server.read(shape, '{ system { head } }')).system.head;
}

/** The first result of a subscription. */
async function resultOf(document: string): Promise<unknown> {
  const subscribed = server.subscribe(document);
  try {
    return await subscribed.next();
  } finally {
    await subscribed.close();
  }
}

const ACTIVITIES = '{ activities(first: 3) { nodes { number staleSince } } }';

describe('an answer from a document whose view failed', () => {
  it('says since when it is behind, and the answer names the read model by a code', async () => {
    await quarantine('activities', `${planId}.a2`);
    const { data, extensions } = await asked(ACTIVITIES);
    const { activities } = z
      .object({
        activities: z.object({ nodes: z.array(z.object({ number: z.string(), staleSince: z.string().nullable() })) }),
      })
      .parse(data);
    expect(activities.nodes.filter(({ staleSince }) => staleSince !== null)).toEqual([
      { number: '2', staleSince: SINCE },
    ]);
    expect(extensions).toEqual({
      stale: [{ code: 'QUARANTINED', readModel: 'activities', documents: 1, staleSince: SINCE }],
    });
  });

  it('and so do the results of a subscription', async () => {
    const activityId = `activity_${planId}.a3`;
    const after = `"${await head()}"`;
    await server.done('completeActivity', { activityId, actualOn: '2020-09-30' });
    const told = (selection: string) =>
      resultOf(`subscription { planChanged(planId: "plan_${planId}", resumeAfter: ${after}) { ${selection} } }`);
    const sections = 'plan { sections { activities(first: 1) { nodes { number } } } }';
    expect(await told(sections)).toMatchObject({ extensions: { stale: [{ code: 'QUARANTINED', staleSince: SINCE }] } });
    expect(await told('position')).not.toHaveProperty('extensions');
  });

  it('says nothing of read models that it did not read', async () => {
    expect((await asked('{ plans { nodes { title staleSince } } }')).extensions).toBeUndefined();
    expect((await asked('{ system { version } }')).extensions).toBeUndefined();
  });

  it('is counted in the metrics, and whole again after a retry', async () => {
    expect(await server.letopis.metrics.text()).toMatch('letopis_quarantined_documents{model="activities"} 1');
    expect(await server.letopis.services.runner.retry()).toEqual({ healed: 1, left: 0 });
    const { data, extensions } = await asked(ACTIVITIES);
    expect(JSON.stringify(data)).not.toMatch(SINCE);
    expect(extensions).toBeUndefined();
    expect(await server.letopis.metrics.text()).not.toMatch('letopis_quarantined_documents{model="activities"}');
  });
});
