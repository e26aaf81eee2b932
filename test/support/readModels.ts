import { join } from 'node:path';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { ALONE, type Share } from '../../src/engine/projections/share.js';
import { checkpointOf, type Document, type ReadStore } from '../../src/engine/readstore/port.js';
import { openSqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import type { ReadModel } from '../../src/projections/model.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { type Chronicle, openChronicle } from './chronicle.js';
import { removeDirectory, silent, temporaryDirectory } from './server.js';
import { caughtUp } from './waiting.js';

/** Every document of every read model, by collection name and id. */
export type Documents = Readonly<Record<string, Readonly<Record<string, Document>>>>;

/** A chronicle with the read models of a process. */
export interface Workshop {
  readonly directory: string;
  readonly chronicle: Chronicle;
  openStore(file?: string): Promise<ReadStore>;
  /** Starts a runner. It is stopped when the workshop is closed. */
  follow(store: ReadStore, events?: EventStore, share?: Share): Promise<ProjectionRunner>;
  /** Waits until a runner has projected all events that are in the chronicle now. */
  caughtUp(runner: ProjectionRunner): Promise<void>;
  /** Returns the documents that a new runner builds from the present chronicle. */
  madeAnew(): Promise<Documents>;
  close(): Promise<void>;
}

/** Opens a workshop in a new directory, which is deleted when it closes. */
export async function openWorkshop(): Promise<Workshop> {
  const directory = await temporaryDirectory();
  const chronicle = await openChronicle(directory);
  const stores: ReadStore[] = [];
  const runners: ProjectionRunner[] = [];
  const workshop: Workshop = {
    directory,
    chronicle,
    async openStore(file = 'readmodels.db') {
      const store = await openSqliteReadStore(join(directory, file));
      stores.push(store);
      return store;
    },
    async follow(store, events = chronicle.events, share = ALONE) {
      const runner = new ProjectionRunner(READ_MODELS, events, store, silent, undefined, share);
      runners.push(runner);
      await runner.start();
      return runner;
    },
    caughtUp: (runner) => caughtUp({ runner, events: chronicle.events }),
    async madeAnew() {
      const store = await workshop.openStore(`anew-${stores.length}.db`);
      const runner = await workshop.follow(store);
      await workshop.caughtUp(runner);
      await runner.stop();
      return documentsOf(runner, store);
    },
    async close() {
      for (const runner of runners) await runner.stop();
      for (const store of stores) await store.close();
      await chronicle.close();
      await removeDirectory(directory);
    },
  };
  return workshop;
}

/** Returns the documents in the active builds. */
export async function documentsOf(runner: ProjectionRunner, store: ReadStore): Promise<Documents> {
  const found: Record<string, Record<string, Document>> = {};
  for (const spec of COLLECTIONS) {
    const { documents } = await store.find(runner.live(spec), { filter: [], order: [], limit: 100_000 });
    found[spec.name] = Object.fromEntries(documents.map((document) => [document.id, document]));
  }
  return found;
}

/** Returns a document of a model. */
export function documentOf<Body>(documents: Documents, { spec }: ReadModel<Body>, id: string): Document {
  const document = documents[spec.name]?.[id];
  if (!document) throw new Error(`there is no document ${id} in ${spec.name}`);
  return document;
}

/** Returns the rows without one of them. */
export function without<Body>(documents: Documents, { spec }: ReadModel<Body>, ...ids: readonly string[]): Documents {
  const rest = Object.entries(documents[spec.name] ?? {}).filter(([id]) => !ids.includes(id));
  return { ...documents, [spec.name]: Object.fromEntries(rest) };
}

/** Returns the checkpoint of the active build of each read model. */
export async function checkpointsOf(runner: ProjectionRunner, store: ReadStore): Promise<(string | undefined)[]> {
  return Promise.all(COLLECTIONS.map((spec) => store.checkpoint(checkpointOf(runner.live(spec)))));
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Returns the tables of a file's read models with their content, tombstones and side tables included. Numbers of rows
 * and terms depend on the order of writing: ids and texts are in their place.
 */
export async function tablesOf(file: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const database = await openSqlite(file, 'reader');
  try {
    const names: { name: string }[] = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const rowsOf = (table: string): Row[] => database.prepare(`SELECT * FROM ${table}`).all();
    const tables = new Map(names.map(({ name }) => [name, rowsOf(name)]));
    const textsOf = (table: string) =>
      new Map((tables.get(`${table}_terms`) ?? []).map(({ term, text }) => [term, text]));
    const found = [...tables].filter(([name]) => !name.endsWith('_terms') && name !== 'sqlite_sequence');
    return Object.fromEntries(
      found.map(([name, rows]) => {
        const [main = ''] = /^[A-Za-z]+_v\d+(b\d+)?/.exec(name) ?? [];
        const multis = names
          .map((each) => each.name)
          .filter((each) => tables.has(`${each}_terms`) && each.startsWith(`${main}_`));
        const ids = new Map((tables.get(main) ?? []).map(({ number, id }) => [number, id]));
        const plain = rows.map((row) =>
          name === main || main === ''
            ? withTexts(row, (field) => textsOf(`${main}_${field}`), multis.map(textsOf))
            : { text: textsOf(name).get(row.term), id: ids.get(row.number) },
        );
        return [name, plain.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
      }),
    );
  } finally {
    database.close();
  }
}

type Texts = ReadonlyMap<unknown, unknown>;

/** Parses JSON columns, because the order of an object's keys has no meaning, and puts texts in place of terms. */
function withTexts({ number: _, ...row }: Row, textsOf: (field: string) => Texts, multis: readonly Texts[]): Row {
  const columns = Object.entries(row).map(([name, value]): [string, unknown] => {
    const texts = name.startsWith('f_') ? textsOf(name.slice(2)) : new Map();
    if (texts.size > 0 && value !== null) return [name, texts.get(value)];
    if (!['lists', 'exact', 'body'].includes(name) || typeof value !== 'string' || value === '') return [name, value];
    const parsed: unknown = JSON.parse(value);
    if (name !== 'lists' || !Array.isArray(parsed)) return [name, parsed];
    return [name, parsed.map((terms: number[], index) => terms.map((term) => multis[index]?.get(term)))];
  });
  return Object.fromEntries(columns);
}

/** Returns an object with some of its methods replaced. */
export function overridden<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(inner, name) {
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name);
      const value: unknown = Reflect.get(inner, name);
      return typeof value === 'function' ? value.bind(inner) : value;
    },
  });
}
