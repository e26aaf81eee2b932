import { canonicalJson } from '../eventstore/canonicalJson.js';
import type { EventStore, NativePosition } from '../eventstore/port.js';
import { documentPages } from '../readstore/pages.js';
import type { CollectionSpec, Document, ReadStore } from '../readstore/port.js';
import { fill } from './fill.js';
import type { ProjectionRunner } from './runner.js';

/** A row of a read model that differs from the row that the events give. */
export interface Difference {
  readonly model: string;
  readonly documentId: string;
  /**
   * `EDITED`: the content differs. `MISSING`: the row does not exist. `ALIEN`: no event gives this row. `MISFILED`: the
   * indexed fields of the row differ, or an index table differs from them.
   */
  readonly problem: 'EDITED' | 'MISSING' | 'ALIEN' | 'MISFILED';
}

/** A part of a comparison that is done. */
export interface Compared {
  /** Number of events that were read. */
  readonly events: number;
  /** Number of rows that were compared. */
  readonly documents: number;
  readonly differences: readonly Difference[];
}

/** Selects all rows, 500 a page. */
const ALL_ROWS = { filter: [], order: [], limit: 500 } as const;

/**
 * Compares the live read models with read models that are rebuilt from the event store.
 * Skips rows that changed since the comparison began, and rows in quarantine.
 *
 * @param scratch an empty store for the rebuilt read models.
 */
export async function* compareWithChronicle(
  events: EventStore,
  store: ReadStore,
  runner: Pick<ProjectionRunner, 'models' | 'position' | 'live' | 'quarantine'>,
  scratch: ReadStore,
): AsyncGenerator<Compared> {
  const { specs } = runner.models;
  await scratch.prepare(specs);
  const upTo = runner.position;
  let read = 0;
  for await (const filled of fill(runner.models, events, scratch, specs, upTo)) {
    read += filled.events;
    yield { events: read, documents: 0, differences: [] };
  }
  const behind = new Set(runner.quarantine.entries.map(({ model, documentId }) => `${model} ${documentId}`));
  for (const spec of specs) {
    const live = runner.live(spec);
    for await (const { documents } of documentPages(scratch, spec, ALL_ROWS)) {
      const differences = (await differing(store, live, documents, { upTo, end: () => events.head() })).filter(
        ({ documentId }) => !behind.has(`${spec.name} ${documentId}`),
      );
      yield { events: 0, documents: documents.length, differences };
    }
    const misfiled = (await store.misfiled?.(live)) ?? [];
    yield {
      events: 0,
      documents: 0,
      differences: misfiled.map((documentId) => ({ model: spec.name, documentId, problem: 'MISFILED' })),
    };
    for await (const { documents } of documentPages(store, live, ALL_ROWS)) {
      yield { events: 0, documents: 0, differences: await alien(scratch, spec, documents, upTo) };
    }
  }
}

async function differing(
  store: ReadStore,
  live: CollectionSpec,
  expected: readonly Document[],
  { upTo, end }: { readonly upTo: NativePosition; readonly end: () => Promise<NativePosition> },
): Promise<Difference[]> {
  const loaded = await store.load(
    live,
    expected.map(({ id }) => id),
  );
  // The head is read after the rows, so that every change to a loaded row is at or before the head.
  const head = await end();
  return expected.flatMap((document, index): Difference[] => {
    const there = loaded[index];
    const found = { model: live.name, documentId: document.id };
    if (there?.state === 'present') {
      const { position } = there.document;
      const problem = mismatchOf(there.document, document);
      // Skip a row that changed since the comparison began. A position beyond the head was written by hand.
      const wentOn = position > upTo && position <= head;
      return wentOn || !problem ? [] : [{ ...found, problem }];
    }
    const wentLater = there?.state === 'deleted' && there.position > upTo;
    return wentLater ? [] : [{ ...found, problem: 'MISSING' }];
  });
}

function mismatchOf(there: Document, expected: Document): 'EDITED' | 'MISFILED' | null {
  if (canonicalJson(there) === canonicalJson(expected)) return null;
  const { fields } = expected;
  return canonicalJson({ ...there, fields }) === canonicalJson(expected) ? 'MISFILED' : 'EDITED';
}

async function alien(
  scratch: ReadStore,
  spec: CollectionSpec,
  there: readonly Document[],
  upTo: NativePosition,
): Promise<Difference[]> {
  const old = there.filter(({ position }) => position <= upTo);
  const expected = await scratch.get(
    spec,
    old.map(({ id }) => id),
  );
  return old.flatMap(({ id }, index): Difference[] =>
    expected[index] ? [] : [{ model: spec.name, documentId: id, problem: 'ALIEN' }],
  );
}
