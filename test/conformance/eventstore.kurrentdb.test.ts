import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKurrentDbEventStore } from '../../src/engine/eventstore/kurrentdb/store.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { eventStoreConformance } from './eventstore.js';

/** The connection string of a real server. Without it the suite runs on a stand-in. */
const REAL = process.env.KURRENTDB_URL;

let standIn: StandIn | undefined;
beforeAll(async () => {
  if (REAL === undefined) standIn = await startStandIn();
});
afterAll(() => standIn?.close());

// Every case has its own chronicle on the one server.
const open = (directory: string) =>
  openKurrentDbEventStore(REAL ?? standIn?.url ?? '', {
    namespace: `t${directory.replace(/[^A-Za-z0-9]/g, '')}`,
  });

eventStoreConformance(`KurrentDB (${REAL === undefined ? 'stand-in' : REAL.replace(/\/\/[^@]*@/, '//')})`, open, {
  knowsIdsElsewhere: false,
});

describe('which server answered', () => {
  it(REAL === undefined ? 'the stand-in: set KURRENTDB_URL for a real one' : 'a real one', () => {
    expect(REAL === undefined).toBe(standIn !== undefined);
  });
});
