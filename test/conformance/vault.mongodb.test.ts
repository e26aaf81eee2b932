import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type CommandStartedEvent, MongoClient } from 'mongodb';
import { verifyKeys } from '../../src/app/operations/verifyKeys.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { connectMongo } from '../../src/engine/storage/mongodb.js';
import { SubjectTaken, VaultUnavailable } from '../../src/engine/vault/keyStore.js';
import { keysInMongo, openMongoVault } from '../../src/engine/vault/mongodb.js';
import { erasedOf, recordFromKey, subjectKeyCollection } from '../../src/engine/vault/sharedKeys.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { type Reply, startRewriting } from '../support/mongodb/rewriting.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { drafting, openedBy, sealed, sealedAtLast, sealedBy } from './vault.fixture.js';
import { eventually, vaultConformance } from './vault.js';

onMongo('keys of persons', ({ kind, url, databaseOf }) => {
  const masterKey = randomBytes(32);
  const open = (directory: string, key: Buffer = masterKey): Promise<Vault> =>
    openMongoVault(databaseOf(directory), key);

  /** Opens keys behind a proxy that can rewrite the replies of the server. */
  async function openBehindRewriting(database: string, key: Buffer) {
    const rewriting = await startRewriting(Number(new URL(url()).port));
    const connection = await connectMongo(urlOf(url(), database, rewriting.port));
    const vault = await openMongoVault(connection.db, key);
    return {
      rewriting,
      vault,
      async close() {
        vault.close();
        await connection.close();
        await rewriting.close();
      },
    };
  }

  vaultConformance({
    name: `MongoDB (${kind})`,
    open,
    async edit(directory, keys) {
      const db = databaseOf(directory);
      const edited = keys((await keysInMongo(db)).subjects);
      await subjectKeyCollection(db).deleteMany({});
      if (edited.length > 0) await subjectKeyCollection(db).insertMany(edited.map(recordFromKey));
    },
    async failing(directory, key, how) {
      const { rewriting, vault, close } = await openBehindRewriting(databaseOf(directory).databaseName, key);
      rewriting.rewrite = (name, collection, reply) => {
        if (collection !== 'letopis_subjects') return reply;
        if (how === 'refuses' && name === 'insert')
          return { ...reply, n: 0, ok: 0, code: 13, errmsg: 'not authorized' };
        if (how === 'loses' && name === 'find')
          return { ...reply, cursor: { ...Object(reply.cursor), firstBatch: [] } };
        return reply;
      };
      return {
        vault,
        mend() {
          rewriting.rewrite = (_, __, reply) => reply;
        },
        close,
      };
    },
    place: (directory) => ['mongodb', urlOf(url(), databaseOf(directory).databaseName)],
  });

  describe('keys that several processes share', () => {
    const shared = `vault${randomBytes(6).toString('hex')}`;

    it('are destroyed for all of them: a process that has read the name notices it', async () => {
      const [a, b] = [await open(shared), await open(shared)];
      const texts = await sealed(a, 'Е.Н. Филатова');
      expect(await openedBy(b, texts)).toEqual(['Е.Н. Филатова']);
      expect((await sealed(b, 'Е.Н. Филатова'))[0]?.subject).toBe(texts[0]?.subject);
      await a.forget(texts[0]?.subject ?? '');
      await eventually(async () => expect(await openedBy(b, texts)).toEqual([null]));
      expect([b.isErased(texts[0]?.subject ?? ''), b.damage.count]).toEqual([true, 0]);
      expect((await sealedAtLast(b, 'Е.Н. Филатова'))[0]?.subject).not.toBe(texts[0]?.subject);
      a.close();
      b.close();
    });

    it('are destroyed for all of them after the database was put back to an older state', async () => {
      const [a, b] = [await open(shared), await open(shared)];
      const [first, second] = await sealed(a, 'Е.Н. Прежняя', 'Е.Н. Следующая');
      if (!first || !second) throw new Error('nothing was sealed');
      expect(await openedBy(b, [first, second])).toEqual(['Е.Н. Прежняя', 'Е.Н. Следующая']);
      await a.forget(first.subject);
      await eventually(async () => expect(await openedBy(b, [first])).toEqual([null]));
      // The older state has one record less, and the next record makes the number the same again.
      await erasedOf(databaseOf(shared)).deleteOne({ _id: first.subject });
      await a.forget(second.subject);
      await eventually(async () => expect(await openedBy(b, [second])).toEqual([null]));
      expect([b.isErased(first.subject), b.isErased(second.subject)]).toEqual([true, true]);
      a.close();
      b.close();
    });

    it('are adopted when another process was faster, and the text is sealed under them', async () => {
      const [a, b] = [await open(shared), await open(shared)];
      const late = b.sealing();
      const [mine] = sealedBy(late, 'АБ Первый');
      const [theirs] = await sealed(a, 'АБ Первый');
      expect(mine?.subject).not.toBe(theirs?.subject);
      await expect(late.ready()).rejects.toThrow(SubjectTaken);
      const texts = await sealed(b, 'АБ Первый');
      expect(texts[0]?.subject).toBe(theirs?.subject);
      expect(await openedBy(a, texts)).toEqual(['АБ Первый']);
      a.close();
      b.close();
    });

    it('are written to a majority and read from one, whatever the connection string says', async () => {
      const client = new MongoClient(`${url()}&readPreference=secondaryPreferred&w=1`, { monitorCommands: true });
      const commands: CommandStartedEvent['command'][] = [];
      client.on('commandStarted', ({ command }) => commands.push(command));
      await client.connect();
      const vault = await openMongoVault(client.db(databaseOf(shared).databaseName), masterKey);
      commands.length = 0;
      const texts = await sealed(vault, 'АБ Второй');
      await vault.subjectOf({ person: 'АБ Третий' });
      await vault.forget(texts[0]?.subject ?? '');
      await client.close();
      const reads = commands.filter(({ find }) => find !== undefined);
      const writes = commands.filter((each) => 'insert' in each || 'update' in each || 'delete' in each);
      expect([reads.length, writes.length]).toEqual([2, 3]);
      for (const read of reads) {
        expect(read.readConcern).toMatchObject({ level: 'majority' });
        expect(read.$readPreference?.mode ?? 'primary').toMatch(/^primary/);
      }
      for (const write of writes) expect(write.writeConcern).toMatchObject({ w: 'majority', j: true });
    });
  });

  it('reads the keys of thousands of names in pieces, each within the timeout', async () => {
    const database = `vault${randomBytes(6).toString('hex')}`;
    const names = Array.from({ length: 2_100 }, (_, index) => `АБ Человек${index}`);
    const writer = await open(database);
    const texts = await sealed(writer, ...names);
    writer.close();
    const client = new MongoClient(url(), { monitorCommands: true });
    const sizes: number[] = [];
    client.on('commandStarted', ({ command }) => sizes.push(command.filter?._id?.$in?.length ?? 0));
    await client.connect();
    const reader = await openMongoVault(client.db(databaseOf(database).databaseName), masterKey);
    expect(await openedBy(reader, texts)).toEqual(names);
    expect(sizes.filter((size) => size > 0)).toEqual([1_000, 1_000, 100]);
    reader.close();
    await client.close();
  });

  it('has the key of every name in the events after commands of 16 writers at a time', async () => {
    const directory = await temporaryDirectory();
    const db = databaseOf(directory);
    const [vaults, events] = await Promise.all([
      Promise.all([openMongoVault(db, masterKey), openMongoVault(db, masterKey)]),
      openSqliteEventStore(join(directory, 'chronicle.db')),
    ]);
    const drafts = vaults.map((vault) => drafting(events, vault));
    let left = 160;
    const writer = async (_: unknown, index: number) => {
      for (; left > 0; ) {
        left -= 1;
        // Some names are new, others are sealed by several writers at the same time.
        const result = await drafts[index % 2]?.(`Методист ${left % 3 === 0 ? left % 8 : left}`);
        expect(result).toMatchObject({ kind: 'done' });
      }
    };
    await Promise.all(Array.from({ length: 16 }, writer));
    const keys = { ...(await keysInMongo(db)), masterKey, forgotten: new Set<string>() };
    const verified = await verifyKeys(events, keys);
    expect(verified).toMatchObject({ checked: 'opened', found: 0, held: verified.persons });
    expect(verified.persons).toBeGreaterThan(100);
    for (const vault of vaults) vault.close();
    await events.close();
    await removeDirectory(directory);
  });

  describe('a server that stores keys badly', () => {
    const database = `vault${randomBytes(6).toString('hex')}`;
    const duplicate = { index: 0, code: 11_000, errmsg: 'E11000 duplicate key' };
    let behind: Awaited<ReturnType<typeof openBehindRewriting>>;
    beforeAll(async () => {
      behind = await openBehindRewriting(database, masterKey);
    });
    afterEach(() => {
      behind.rewriting.rewrite = (_, __, reply) => reply;
    });
    afterAll(() => behind?.close());

    /** Changes the replies of the server to commands on keys. */
    function answer(command: string, change: (reply: Reply) => Reply): void {
      behind.rewriting.rewrite = (name, collection, reply) =>
        name === command && collection === 'letopis_subjects' ? change(reply) : reply;
    }

    it.each([
      [
        'an error after a duplicate',
        { writeErrors: [duplicate, { index: 1, code: 50, errmsg: 'exceeded time limit' }] },
      ],
      [
        'no majority after a duplicate',
        { writeErrors: [duplicate], writeConcernError: { code: 64, errmsg: 'timed out' } },
      ],
      ['no majority', { writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' } }],
      ['an error of the whole command', { ok: 0, code: 13, errmsg: 'not authorized' }],
    ])('stops the command before an event is appended: %s', async (_, failure) => {
      const directory = await temporaryDirectory();
      const events = await openSqliteEventStore(join(directory, 'chronicle.db'));
      const draft = drafting(events, behind.vault);
      const name = `Методист ${randomUUID()}`;
      answer('insert', (reply) => ({ ...reply, n: 0, ...failure }));
      await expect(draft(name)).rejects.toThrow(VaultUnavailable);
      expect((await events.readAll({ after: '', limit: 10 })).events).toEqual([]);
      answer('insert', (reply) => reply);
      expect(await draft(name)).toMatchObject({ kind: 'done' });
      await events.close();
      await removeDirectory(directory);
    });
  });
});

/** Returns the connection string of a database, with another port. */
function urlOf(url: string, database: string, port?: number): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (port !== undefined) changed.port = String(port);
  return changed.href;
}
