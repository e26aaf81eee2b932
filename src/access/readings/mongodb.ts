import type { Collection, Db } from 'mongodb';
import { type Aging, limitAge } from '../ages.js';
import { withAccessDatabase } from '../database.js';
import { type KeptReading, type ReadingFilter, type ReadingLog, readingLogOn, readWayOf } from './readings.js';

interface StoredReading extends Aging {
  readonly _id: string;
  readonly day: string;
  readonly actorId: string;
  readonly subject: string;
  readonly way: string;
  readonly firstAt: string;
  readonly lastAt: string;
}

/**
 * Opens the log of name readings in MongoDB, which all processes share. Readings are deleted after so many days.
 *
 * @throws AccessUnavailable
 */
export async function openMongoReadingLog(db: Db, days: number): Promise<ReadingLog> {
  const readings: Collection<StoredReading> = db.collection('letopis_name_readings');
  await withAccessDatabase(() =>
    readings.createIndexes([
      { key: { subject: 1, _id: 1 }, name: 'subject' },
      { key: { actorId: 1, _id: 1 }, name: 'actor' },
    ]),
  );
  await limitAge(readings, days);
  return readingLogOn({
    async put(kept) {
      const since = new Date();
      await withAccessDatabase(() =>
        readings.bulkWrite(
          kept.map(({ key, lastAt, ...made }) => ({
            updateOne: { filter: { _id: key }, update: { $setOnInsert: made, $set: { lastAt, since } }, upsert: true },
          })),
          { ordered: false },
        ),
      );
    },
    find: (filter, after, limit) =>
      withAccessDatabase(async () => {
        const found = readings.find(readingsQuery(filter, after)).sort({ _id: 1 });
        return (await found.limit(limit).toArray()).flatMap((stored) => readingFromRecord(stored) ?? []);
      }),
    count: (filter) => withAccessDatabase(() => readings.countDocuments(readingsQuery(filter))),
    close: () => undefined,
  });
}

function readingsQuery({ subject, actorId, from, to }: ReadingFilter, after = '') {
  // An id begins with the day and a space, so that the order by id answers a period.
  const first = from !== undefined && from > after ? { $gte: from } : { $gt: after };
  const last = to === undefined ? {} : { $lt: `${to}!` };
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(actorId === undefined ? {} : { actorId }),
    _id: { ...first, ...last },
  };
}

function readingFromRecord({ _id, way, since: _, ...rest }: StoredReading): KeptReading | undefined {
  const known = readWayOf(way);
  return known && { ...rest, key: _id, way: known };
}
