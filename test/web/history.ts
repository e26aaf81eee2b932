import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';

/** A server on 15 November 2020 whose sample plan has a history of some weeks. */
export interface ServerWithHistory {
  readonly server: TestServer;
  readonly sample: Sample;
  close(): Promise<void>;
}

/**
 * Starts a server whose plan was created on 20 October 2020. On 9 November an order changed the term of row 11 and the
 * wording of row 5; on 12 November row 8 was marked as done.
 */
export async function startWithHistory(): Promise<ServerWithHistory> {
  const directory = await temporaryDirectory();
  const onDay = async (day: string, work: (server: TestServer) => Promise<unknown>) => {
    const server = await startServer({ directory, clock: `${day}T09:00:00Z` });
    await work(server);
    await server.close();
  };
  await onDay('2020-10-20', sampleOf);
  await onDay('2020-11-09', async (server) => {
    const { planId, activity } = await sampleOf(server);
    const changes = [
      { reschedule: { activityId: activity(11), timeframe: { text: '10-20 ноября 2020 г.' } } },
      { reword: { activityId: activity(5), title: 'Обобщение лучших педагогических практик' } },
    ];
    const basis = { document: { type: 'ORDER', number: '143', date: '2020-11-06' } };
    await server.done('amendPlan', { planId, reason: 'Занят зал', basis, changes }, { key: 'director' });
  });
  await onDay('2020-11-12', async (server) => {
    const activityId = (await sampleOf(server)).activity(8);
    await server.done('completeActivity', { activityId, actualOn: '2020-09-29' }, { key: 'methodologist' });
  });
  const server = await startServer({ directory, clock: '2020-11-15T09:00:00Z' });
  return {
    server,
    sample: await sampleOf(server),
    async close() {
      await server.close();
      await removeDirectory(directory);
    },
  };
}
