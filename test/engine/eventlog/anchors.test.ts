import { expect, it } from '@jest/globals';
import { type CommandStartedEvent, MongoClient } from 'mongodb';
import { mongoAnchors } from '../../../src/engine/eventlog/anchors.js';
import { onMongo } from '../../support/mongodb/onMongo.js';

onMongo('the anchor of a log', ({ url, databaseOf }) => {
  it('is written to a majority and read from one, whatever the connection string says', async () => {
    const client = new MongoClient(`${url()}&readPreference=secondaryPreferred&w=1`, { monitorCommands: true });
    const commands: CommandStartedEvent['command'][] = [];
    client.on('commandStarted', ({ command }) => commands.push(command));
    await client.connect();
    try {
      const anchors = mongoAnchors(client.db(databaseOf('anchors').databaseName));
      await anchors.put('sealed');
      expect(await anchors.read()).toBe('sealed');
    } finally {
      await client.close();
    }
    const reads = commands.filter(({ find }) => find !== undefined);
    const writes = commands.filter(({ update }) => update !== undefined);
    expect([reads.length, writes.length]).toEqual([1, 1]);
    expect(reads[0]?.readConcern).toMatchObject({ level: 'majority' });
    expect(reads[0]?.$readPreference?.mode ?? 'primary').toMatch(/^primary/);
    expect(writes[0]?.writeConcern).toMatchObject({ w: 'majority', j: true });
  });
});
