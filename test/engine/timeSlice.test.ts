import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../src/engine/eventstore/port.js';
import { projection } from '../../src/engine/projections/projection.js';
import { defineReadModel } from '../../src/engine/projections/readModel.js';
import { readModels } from '../../src/engine/projections/readModels.js';
import type { CollectionSpec, ReadStore } from '../../src/engine/readstore/port.js';
import { openReadStoreInMemory } from '../../src/engine/readstore/sqlite/store.js';
import { STEPS_AT_FIRST } from '../../src/engine/timeSlice.js';

/** Rows that one event completes, as the last event of an import does. */
const ROWS = 5 * STEPS_AT_FIRST;
const SPEC: CollectionSpec = { name: 'numbers', version: 1, fields: { number: 'number' }, indexes: [] };

let store: ReadStore;
/** Steps of each kind between two turns of the event loop. */
let steps: { touches: number; views: number };
let most: { touches: number; views: number; written: number };
let next: NodeJS.Immediate;
let before: number;

/** Each event changes this many rows of its own. */
const models = (rowsOf: number) =>
  readModels<number, Change, number>({
    streams: { streamPrefixes: ['numbers-'] },
    firstTypes: ['Counted'],
    isReadable: () => true,
    folding: {
      nothing: 0,
      step: (fold, recorded) => ({
        after: fold + rowsOf,
        told: Array.from({ length: rowsOf }, (_, index) => ({
          change: { recorded: { ...recorded, recordedAt: '2020-10-01T09:00:00Z' }, row: fold + index },
          state: fold + rowsOf,
          beforeMark: false,
        })),
      }),
      sizeOf: () => 1,
    },
    projections: [projection(NUMBERS)],
  });

interface Change {
  readonly recorded: StoredEvent & { readonly recordedAt: string };
  readonly row: number;
}

const NUMBERS = defineReadModel<{ number: number }, Change, number>(SPEC, ({ recorded, row }) => {
  steps.touches += 1;
  return [
    {
      id: `${recorded.stream}-${row}`,
      view: () => {
        steps.views += 1;
        return { fields: { number: row }, body: { number: row } };
      },
    },
  ];
});

beforeEach(async () => {
  store = await openReadStoreInMemory();
  await store.prepare([SPEC]);
  [steps, most, before] = [{ touches: 0, views: 0 }, { touches: 0, views: 0, written: 0 }, 0];
  const turn = async () => {
    const { touches, views } = steps;
    steps = { touches: 0, views: 0 };
    const rows = await store.count(SPEC, []);
    most = {
      touches: Math.max(most.touches, touches),
      views: Math.max(most.views, views),
      written: Math.max(most.written, rows - before),
    };
    before = rows;
    next = setImmediate(turn);
  };
  next = setImmediate(turn);
});

afterEach(async () => {
  clearImmediate(next);
  await store.close();
});

it.each([
  { what: 'one event with many rows', rowsOf: ROWS, streams: 1 },
  { what: 'many streams of one event', rowsOf: 1, streams: ROWS },
])(
  'takes, computes and writes a bounded number of rows between two turns of the event loop: $what',
  async ({ rowsOf, streams }) => {
    const batch = models(rowsOf).fromBeginning().batch([SPEC]);
    // As when streams are read one after another.
    for (let stream = 0; stream < streams; stream += 1) await batch.fold([storedEvent(stream)]);
    await batch.write(store, true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(before).toBe(ROWS);
    expect(most.touches).toBeGreaterThan(1);
    expect(Math.max(most.touches, most.views, most.written)).toBeLessThanOrEqual(STEPS_AT_FIRST);
  },
);

function storedEvent(stream: number): StoredEvent {
  return {
    id: `00000000-0000-5000-8000-${String(stream).padStart(12, '0')}`,
    type: 'Counted',
    schemaVersion: 1,
    stream: `numbers-${stream}`,
    revision: 0,
    position: String(stream + 1).padStart(16, '0'),
    body: '{}',
  };
}
