import { canonicalJson } from '../../eventstore/envelope.js';
import type { EventStore, NativePosition } from '../../eventstore/port.js';
import { documentPages } from '../../readstore/pages.js';
import type { CollectionSpec, Document, ReadStore } from '../../readstore/port.js';
import { fill } from './fill.js';
import { PROJECTIONS } from './readModels.js';
import type { ProjectionRunner } from './runner.js';

/** A document that is not what the chronicle makes of it. */
export interface Difference {
  readonly model: string;
  readonly documentId: string;
  /** It says something else, it is not there, nothing in the chronicle makes it, or it is found otherwise than by what it says. */
  readonly problem: 'EDITED' | 'MISSING' | 'ALIEN' | 'MISFILED';
}

/** How far a comparison has come. */
export interface Compared {
  /** Events that were read, and documents that were compared. */
  readonly events: number;
  readonly documents: number;
  readonly differences: readonly Difference[];
}

/** Every document, so many at a time. */
const ALL = { filter: [], order: [], limit: 500 } as const;

/**
 * Compares the read models that answer with those made anew from the chronicle. What has gone on since it began is left out,
 * and so is what is told to be behind.
 *
 * @param scratch an empty store, for the ones made anew.
 */
export async function* compareWithChronicle(
  events: EventStore,
  store: ReadStore,
  runner: Pick<ProjectionRunner, 'position' | 'live' | 'quarantine'>,
  scratch: ReadStore,
): AsyncGenerator<Compared> {
  const specs = PROJECTIONS.map(({ spec }) => spec);
  await scratch.prepare(specs);
  const upTo = runner.position;
  let read = 0;
  const targets = PROJECTIONS.map((projection) => ({ projection, spec: projection.spec }));
  for await (const filled of fill(events, scratch, targets, upTo)) {
    read += filled.events;
    yield { events: read, documents: 0, differences: [] };
  }
  const behind = new Set(runner.quarantine.entries.map(({ model, documentId }) => `${model} ${documentId}`));
  for (const spec of specs) {
    const live = runner.live(spec);
    for await (const { documents } of documentPages(scratch, spec, ALL)) {
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
    for await (const { documents } of documentPages(store, live, ALL)) {
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
  // Asked for after the documents: what has gone on until then is before it.
  const head = await end();
  return expected.flatMap((document, index): Difference[] => {
    const there = loaded[index];
    const found = { model: live.name, documentId: document.id };
    if (there?.state === 'present') {
      const { position } = there.document;
      // One that went on since is none of this comparison; one that is beyond all events was moved there by hand.
      const wentOn = position > upTo && position <= head;
      const isSame = wentOn || canonicalJson(there.document) === canonicalJson(document);
      return isSame ? [] : [{ ...found, problem: 'EDITED' }];
    }
    const wentLater = there?.state === 'deleted' && there.position > upTo;
    return wentLater ? [] : [{ ...found, problem: 'MISSING' }];
  });
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
