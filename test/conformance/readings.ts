import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openReadingLog, type ReadingLog } from '../../src/access/readings.js';
import type { RecordStore } from '../../src/engine/records/port.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

/** Registers the conformance tests of logs of readings. */
export function readingsConformance(name: string, open: (directory: string) => Promise<RecordStore>): void {
  describe(`log of readings: ${name}`, () => {
    let directory: string;
    let records: RecordStore;
    let log: ReadingLog;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      records = await open(directory);
      log = await openReadingLog(records);
    });
    afterEach(async () => {
      records.close();
      await removeDirectory(directory);
    });

    const at = (day: string, time = '09:00:00.000') => `${day}T${time}Z`;
    const found = async (filter: Parameters<ReadingLog['find']>[0] = {}) =>
      (await log.find(filter, { limit: 100 })).map(({ key: _, ...reading }) => reading);

    it('has one entry a day, person, actor and way, with the first moment and the last', async () => {
      await log.record('anna', 'query', ['s1', 's2'], at('2020-10-01'));
      await log.record('anna', 'query', ['s1'], at('2020-10-01', '09:00:30.000'));
      await log.record('anna', 'query', ['s1'], at('2020-10-01', '11:00:00.000'));
      await log.record('anna', 'document', ['s1'], at('2020-10-01'));
      const reading = { day: '2020-10-01', actorId: 'anna', firstAt: at('2020-10-01'), lastAt: at('2020-10-01') };
      expect(await found()).toEqual([
        { ...reading, subject: 's1', way: 'document' },
        // Within a minute it is not written again.
        { ...reading, subject: 's1', way: 'query', lastAt: at('2020-10-01', '11:00:00.000') },
        { ...reading, subject: 's2', way: 'query' },
      ]);
    });

    it('is found by person, actor and days, page by page', async () => {
      for (const day of ['2020-10-01', '2020-10-02', '2020-10-03']) {
        await log.record('anna', 'query', ['s1', 's2'], at(day));
        await log.record('boris', 'auditFile', ['s1'], at(day));
      }
      expect(await log.count({})).toBe(9);
      expect(await log.count({ subject: 's2' })).toBe(3);
      expect(await log.count({ actorId: 'boris', from: '2020-10-02' })).toBe(2);
      expect((await found({ from: '2020-10-02', to: '2020-10-02' })).map(({ actorId }) => actorId)).toEqual([
        ...['anna', 'anna', 'boris'],
      ]);
      const pages: string[] = [];
      for (let after = ''; ; ) {
        const page = await log.find({ subject: 's1' }, { after, limit: 4 });
        pages.push(...page.map(({ day, actorId }) => `${day} ${actorId}`));
        const last = page.at(-1);
        if (page.length < 4 || !last) break;
        after = last.key;
      }
      expect(pages).toEqual(
        ['2020-10-01', '2020-10-02', '2020-10-03'].flatMap((day) => [`${day} anna`, `${day} boris`]),
      );
    });

    it('stays', async () => {
      await log.record('anna', 'subscription', ['s1'], at('2020-10-01'));
      const again = await open(directory);
      expect(await (await openReadingLog(again)).count({ subject: 's1' })).toBe(1);
      again.close();
    });
  });
}
