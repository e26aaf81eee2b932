import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openReadingLog } from '../../src/access/readings.js';
import { openRefusalLog } from '../../src/access/refusals.js';
import { openAccessUses } from '../../src/access/uses.js';
import { accessUnavailable } from '../../src/app/opened.js';
import { openSqliteRecords } from '../../src/engine/records/sqlite.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { readingsConformance } from './readings.js';

readingsConformance('sqlite', (directory) => openSqliteRecords(join(directory, 'access.db'), accessUnavailable));

describe('the age of access records: sqlite', () => {
  it('is limited: what is older is deleted with the first record of a day', async () => {
    const directory = await temporaryDirectory();
    const records = await openSqliteRecords(join(directory, 'access.db'), accessUnavailable);
    const readings = await openReadingLog(records, 30);
    const refusals = await openRefusalLog(records, 30);
    const uses = await openAccessUses(records, 30);
    for (const [actorId, day] of [
      ['anna', '2020-10-01'],
      ['boris', '2020-10-02'],
      ['vera', '2020-11-01'],
    ] as const) {
      const at = `${day}T09:00:00.000Z`;
      await readings.record(actorId, 'query', ['s1'], at);
      await refusals.record({ at, actorId, role: 'AUDITOR', field: 'x', code: 'y', stream: null });
      await uses.record(actorId, at);
    }
    expect((await readings.find({}, { limit: 10 })).map(({ actorId }) => actorId)).toEqual(['boris', 'vera']);
    expect((await refusals.find({}, { descending: true, limit: 10 })).map(({ actorId }) => actorId)).toEqual([
      'vera',
      'boris',
    ]);
    expect([...(await uses.lastUses(['anna', 'boris', 'vera'])).keys()].toSorted()).toEqual(['boris', 'vera']);
    records.close();
    await removeDirectory(directory);
  });
});
