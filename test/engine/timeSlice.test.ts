import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { EventStore, StoredEvent } from '../../src/engine/eventstore/port.js';
import { fill } from '../../src/engine/projections/fill.js';
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
let steps: { folds: number; touches: number; views: number };
let most: { folds: number; touches: number; views: number; written: number };
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
      step: (fold, recorded) => {
        steps.folds += 1;
        return {
          after: fold + rowsOf,
          told: Array.from({ length: rowsOf }, (_, index) => ({
            change: { recorded: { ...recorded, recordedAt: '2020-10-01T09:00:00Z' }, row: fold + index },
            state: fold + rowsOf,
            beforeMark: false,
          })),
        };
      },
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
  steps = { folds: 0, touches: 0, views: 0 };
  most = { ...steps, written: 0 };
  before = 0;
  const turn = async () => {
    const { folds, touches, views } = steps;
    steps = { folds: 0, touches: 0, views: 0 };
    const rows = await store.count(SPEC, []);
    most = {
      folds: Math.max(most.folds, folds),
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
    expect(Math.max(...Object.values(most))).toBeLessThanOrEqual(STEPS_AT_FIRST);
  },
);

/** An event store that answers at once, without a turn of the event loop. */
function immediateStore(events: readonly StoredEvent[]): Pick<EventStore, 'readStream' | 'readAll'> {
  return {
    readStream: (name, { from = 0, limit = 1_000 } = {}) => {
      const ofStream = events.filter(({ stream }) => stream === name);
      return Promise.resolve(ofStream.filter(({ revision }) => revision >= from).slice(0, limit));
    },
    readAll: () => Promise.resolve({ events, position: events.at(-1)?.position ?? '', caughtUp: true }),
  };
}

it.each([
  { what: 'one long stream', streams: 1 },
  { what: 'many streams', streams: ROWS / 5 },
])('fills read models with a bounded number of steps between two turns: $what', async ({ streams }) => {
  const events = Array.from({ length: ROWS }, (_, at) => storedEvent(at % streams, Math.floor(at / streams), at));
  const filled = fill(models(1), immediateStore(events), store, [SPEC], events.at(-1)?.position ?? '', { piece: ROWS });
  for await (const _ of filled);
  await new Promise((resolve) => setImmediate(resolve));
  expect(before).toBe(ROWS);
  expect(most.folds).toBeGreaterThan(1);
  expect(Math.max(...Object.values(most))).toBeLessThanOrEqual(STEPS_AT_FIRST);
});

it.each([
  { what: 'a long stream', streams: 1 },
  { what: 'many short streams', streams: ROWS / 5 },
])('replays $what with a bounded number of steps between two turns', async ({ streams }) => {
  const events = Array.from({ length: ROWS }, (_, at) => storedEvent(at % streams, Math.floor(at / streams), at));
  const batch = models(1).following(immediateStore(events)).batch([SPEC]);
  await batch.fold(events.slice(-streams));
  await new Promise((resolve) => setImmediate(resolve));
  expect(most.folds).toBeGreaterThan(1);
  // Each of the last events is a step of its own after the replay of its stream.
  expect(most.folds).toBeLessThanOrEqual(2 * STEPS_AT_FIRST);
});

function storedEvent(stream: number, revision = 0, at = stream + revision): StoredEvent {
  return {
    id: `00000000-0000-5000-8000-${String(at).padStart(12, '0')}`,
    type: 'Counted',
    schemaVersion: 1,
    stream: `numbers-${stream}`,
    revision,
    position: String(at + 1).padStart(16, '0'),
    body: '{}',
  };
}
