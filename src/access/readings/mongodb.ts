import type { Collection, Db } from 'mongodb';
import { withAccessDatabase } from '../database.js';
import { type KeptReading, type ReadingFilter, type ReadingLog, readingLogOn, readWayOf } from './readings.js';

interface StoredReading {
  readonly _id: string;
  readonly day: string;
  readonly actorId: string;
  readonly subject: string;
  readonly way: string;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Opens the log of name readings in MongoDB, which all processes share. @throws AccessUnavailable */
export async function openMongoReadingLog(db: Db): Promise<ReadingLog> {
  const readings: Collection<StoredReading> = db.collection('letopis_name_readings');
  await withAccessDatabase(() =>
    readings.createIndexes([
      { key: { subject: 1, _id: 1 }, name: 'subject' },
      { key: { actorId: 1, _id: 1 }, name: 'actor' },
    ]),
  );
  return readingLogOn({
    async put(kept) {
      await withAccessDatabase(() =>
        readings.bulkWrite(
          kept.map(({ key, lastAt, ...made }) => ({
            updateOne: { filter: { _id: key }, update: { $setOnInsert: made, $set: { lastAt } }, upsert: true },
          })),
          { ordered: false },
        ),
      );
    },
    find: (filter, after, limit) =>
      withAccessDatabase(async () => {
        const found = readings.find({ ...readingsQuery(filter), _id: { $gt: after } }).sort({ _id: 1 });
        return (await found.limit(limit).toArray()).flatMap((stored) => readingFromRecord(stored) ?? []);
      }),
    count: (filter) => withAccessDatabase(() => readings.countDocuments(readingsQuery(filter))),
    close: () => undefined,
  });
}

function readingsQuery({ subject, actorId, from, to }: ReadingFilter) {
  const day = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) };
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(actorId === undefined ? {} : { actorId }),
    ...(Object.keys(day).length === 0 ? {} : { day }),
  };
}

function readingFromRecord({ _id, way, ...rest }: StoredReading): KeptReading | undefined {
  const known = readWayOf(way);
  return known && { ...rest, key: _id, way: known };
}
