import { readFile } from 'node:fs/promises';
import { Authentication, type IdentityVerifier } from '../../src/access/authentication.js';
import { ADMINISTRATOR, ANYBODY } from '../../src/access/principals.js';
import { SessionEndings } from '../../src/access/sessionEndings.js';
import { type Letopis, openLetopis } from '../../src/app/compose.js';
import { provideSample } from '../../src/app/sample.js';
import { DistrictFacts } from '../../src/application/districtFacts.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import type { CollectionSpec, Filter, PageRequest, ReadStore, SumRequest } from '../../src/engine/readstore/port.js';
import type { Limits } from '../../src/graphql/limits/limits.js';
import { httpServer } from '../../src/graphql/server.js';
import type { Services } from '../../src/graphql/services.js';
import { apiAt, type TestApi } from './api.js';
import { issueKeys, keyOf } from './keys.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from './server.js';
import { caughtUp } from './waiting.js';

/** A read of the read store by the API. */
export type Read =
  | { readonly kind: 'get'; readonly spec: CollectionSpec; readonly ids: readonly string[] }
  | { readonly kind: 'find'; readonly spec: CollectionSpec; readonly page: PageRequest }
  | { readonly kind: 'count'; readonly spec: CollectionSpec; readonly filter: Filter }
  | { readonly kind: 'sums'; readonly spec: CollectionSpec; readonly request: SumRequest };

/** A page that the API is made to wait for. */
export interface HeldPage {
  /** Resolves when the API has requested it. */
  readonly asked: Promise<void>;
  release(): void;
}

/** A server whose reads of the read store are recorded. */
export interface WatchedServer extends TestApi {
  readonly address: string;
  readonly letopis: Letopis;
  readonly directory: string;
  /** Returns the reads of the API during `work`. */
  readsOf(work: () => Promise<unknown>): Promise<readonly Read[]>;
  /** Blocks the next page that the API requests until it is released. */
  holdPage(): HeldPage;
  /** Starts another server over the same stores with other limits, and returns its address. It stops with this one. */
  beside(limits: Partial<Limits>): Promise<string>;
  close(): Promise<void>;
}

/** Composes the server as `serve` does, with the sample, and puts a recorder between the API and the read store. */
export async function startWatchedServer(
  /** Differences from the composition by `serve`. */
  {
    limits = {},
    eventsOf = (events) => events,
    isPublic = false,
    scratchOf = (open) => open,
    storeKnown,
    identities,
    ...other
  }: Partial<
    Pick<Services, 'clock' | 'readings'> & {
      readonly limits: Partial<Limits>;
      /** Wraps the event store that the API uses. */
      readonly eventsOf: (events: EventStore) => EventStore;
      /** True to answer callers without a key, as with `LETOPIS_PUBLIC=on`. */
      readonly isPublic: boolean;
      /** Wraps the function with which the API opens the stores of past states. */
      readonly scratchOf: (open: Services['openScratch']) => Services['openScratch'];
      /** Replaces what the process knows of the read store. */
      readonly storeKnown: ReadStore['known'];
      readonly identities: IdentityVerifier;
    }
  > = {},
  log = silent,
): Promise<WatchedServer> {
  const directory = await temporaryDirectory();
  const letopis = await openLetopis(testConfig({ directory }), silent);
  await provideSample(letopis);
  await issueKeys(letopis);
  let reads: Read[] = [];
  let hold: (() => Promise<void>) | undefined;
  const recorded = watched(
    letopis.services.store,
    (read) => reads.push(read),
    async () => {
      const held = hold;
      hold = undefined;
      await held?.();
    },
  );
  const store = storeKnown ? { ...recorded, known: storeKnown } : recorded;
  const { runner: passed, vault } = letopis.services;
  const facts = new DistrictFacts(store, passed, vault);
  const {
    sessions,
    services: { clock },
  } = letopis;
  const endings = new SessionEndings({ sessions, clock, log: silent });
  const authentication = new Authentication({
    directory: letopis.directory,
    administrator: { token: keyOf('administrator'), principal: ADMINISTRATOR },
    anybody: isPublic ? ANYBODY : undefined,
    sessions: letopis.sessions,
    identities,
    endings,
    uses: letopis.services.uses,
    clock: letopis.services.clock,
    unnoted: () => undefined,
    lookupOf: () => '',
  });
  const events = eventsOf(letopis.services.events);
  const openScratch = scratchOf(letopis.services.openScratch);
  const services = { ...letopis.services, store, facts, events, openScratch, ...other };
  const closers: (() => Promise<unknown>)[] = [() => endings.close()];
  const served = async (changed: Partial<Limits>) => {
    const app = await httpServer({
      services: { ...services, limits: { ...services.limits, ...changed } },
      authentication,
      log,
      readiness: { problem: undefined, writing: 'OPEN' },
      metrics: letopis.metrics,
      serves: { api: true, traced: false },
    });
    closers.push(() => app.close());
    return app.listen({ host: '127.0.0.1', port: 0 });
  };
  const address = await served(limits);
  const { runner } = letopis.services;
  await caughtUp({ runner, events: letopis.services.events });
  return {
    ...apiAt(address),
    address,
    letopis,
    directory,
    async readsOf(work) {
      reads = [];
      await work();
      return reads;
    },
    holdPage() {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const asked = new Promise<void>((resolve) => {
        hold = () => {
          resolve();
          return released;
        };
      });
      return { asked, release };
    },
    beside: served,
    async close() {
      for (const close of closers) await close();
      await letopis.close();
      await removeDirectory(directory);
    },
  };
}

/** Returns a store that reports its reads and can block its pages. */
function watched(store: ReadStore, tell: (read: Read) => void, mayPage: () => Promise<void>): ReadStore {
  return {
    engine: store.engine,
    prepare: (specs) => store.prepare(specs),
    get(spec, ids, fields) {
      tell({ kind: 'get', spec, ids });
      return store.get(spec, ids, fields);
    },
    load: (spec, ids) => store.load(spec, ids),
    positions: (spec, ids) => store.positions(spec, ids),
    async find(spec, page) {
      tell({ kind: 'find', spec, page });
      await mayPage();
      return store.find(spec, page);
    },
    count(spec, filter) {
      tell({ kind: 'count', spec, filter });
      return store.count(spec, filter);
    },
    sums(spec, request) {
      tell({ kind: 'sums', spec, request });
      return store.sums(spec, request);
    },
    write: (spec, writes) => store.write(spec, writes),
    known: () => store.known(),
    checkpoint: (model) => store.checkpoint(model),
    checkpoints: (spec) => store.checkpoints(spec),
    moveCheckpoint: (model, from, to) => store.moveCheckpoint(model, from, to),
    clear: (spec) => store.clear(spec),
    drop: (spec) => store.drop(spec),
    liveBuild: (spec) => store.liveBuild(spec),
    standing: (specs) => store.standing(specs),
    switchBuilds: (specs) => store.switchBuilds(specs),
    dropOlder: (specs) => store.dropOlder(specs),
    missingIndexes: (spec) => store.missingIndexes(spec),
    close: () => store.close(),
  };
}

/** Imports changed copies of the sample text as separate plans. Returns the position of the last event. */
export async function importCopies(api: TestApi, count: number): Promise<string> {
  const text = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  let last = '';
  for (let copy = 1; copy <= count; copy += 1) {
    const content = Buffer.from(text.replace('План работы', `План работы ${copy}-го отделения`)).toString('base64');
    last = (await api.done('importPlan', { fileName: `plan-${copy}.txt`, content })).position;
  }
  return last;
}
