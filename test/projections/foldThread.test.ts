import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../src/engine/eventstore/port.js';
import { fill } from '../../src/engine/projections/fill.js';
import { folderInThread } from '../../src/engine/projections/foldThread.js';
import { folderHere, type PieceFolder } from '../../src/engine/projections/pieces.js';
import type { ReadModels } from '../../src/engine/projections/readModels.js';
import { openReadStoreInMemory } from '../../src/engine/readstore/sqlite/store.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { liveThrough } from '../support/chronicle.js';
import { openWorkshop, type Workshop } from '../support/readModels.js';

const PIECE = 20;

let workshop: Workshop;
let stored: readonly StoredEvent[];

beforeAll(async () => {
  workshop = await openWorkshop();
  for (const copy of [1, 2]) await liveThrough(workshop.chronicle, await workshop.chronicle.plan(copy));
  const { events } = await workshop.chronicle.events.readAll({ after: '', limit: 10_000 });
  stored = events.toSorted(
    (a, b) => (a.stream < b.stream ? -1 : Number(a.stream > b.stream)) || a.revision - b.revision,
  );
});
afterAll(() => workshop.close());

/** Fills a new store, in a thread if `manyStreams` is small. Returns all documents and the outcomes. */
async function filled(models: ReadModels, manyStreams: number) {
  const store = await openReadStoreInMemory();
  try {
    await store.prepare(COLLECTIONS);
    const { events } = workshop.chronicle;
    const pieces = [];
    const options = { piece: PIECE, manyStreams };
    for await (const each of fill(models, events, store, COLLECTIONS, await events.head(), options)) pieces.push(each);
    const documents = [];
    for (const spec of COLLECTIONS) {
      documents.push((await store.find(spec, { filter: [], order: [], limit: 10_000 })).documents);
    }
    return { pieces, documents };
  } finally {
    await store.close();
  }
}

/** Folds events in pieces and returns the outcomes of writing each. */
async function outcomesOf(folder: PieceFolder, events: readonly StoredEvent[]) {
  const store = await openReadStoreInMemory();
  try {
    await store.prepare(COLLECTIONS);
    const outcomes = [];
    for (let at = 0; at < events.length; at += PIECE) {
      const batch = await folder.fold(events.slice(at, at + PIECE));
      outcomes.push(await batch.write(store, true));
    }
    return outcomes;
  } finally {
    await folder.close();
    await store.close();
  }
}

function inThread(): PieceFolder {
  if (!READ_MODELS.thread) throw new Error('the read models name no thread');
  return folderInThread(READ_MODELS, READ_MODELS.thread, COLLECTIONS);
}

describe('a filling that folds in another thread', () => {
  it('writes the same records and tells the same as one in the same thread', async () => {
    const here = await filled(READ_MODELS, Number.POSITIVE_INFINITY);
    expect(here.pieces.length).toBeGreaterThan(2);
    expect(here.documents.flat().length).toBeGreaterThan(100);
    expect(await filled(READ_MODELS, 1)).toEqual(here);
  });

  it('skips a stream from the event on that cannot be folded, and names it', async () => {
    const plan = stored.find(({ stream }) => stream.startsWith('plan-'))?.stream;
    const third = stored.findIndex(({ stream, revision }) => stream === plan && revision === 2);
    const spoilt = stored.map((event, index) =>
      index === third ? { ...event, body: '{"recordedAt":"2026-09-01T00:00:00.000Z"' } : event,
    );
    const outcomes = await outcomesOf(inThread(), spoilt);
    expect(outcomes).toEqual(await outcomesOf(folderHere(READ_MODELS, COLLECTIONS), spoilt));
    const failures = outcomes.flat().flatMap((outcome) => outcome.failures);
    expect(failures.map(({ stream }) => stream)).toEqual([plan]);
  });

  it.each<readonly [string, string, RegExp]>([
    ['ends', 'process.exit(3)', /ended with 3/],
    ['fails', 'throw new Error("no memory")', /no memory/],
  ])('fails when the thread %s', async (_, code, message) => {
    const models = { ...READ_MODELS, thread: new URL(`data:text/javascript,${encodeURIComponent(code)}`) };
    await expect(filled(models, 1)).rejects.toThrow(message);
  });
});
