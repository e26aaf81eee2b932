import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionSpec, Document, ReadStore, Write } from '../../src/engine/readstore/port.js';

/** Opens a store on a directory: the same one twice gives the same documents. */
export type OpenReadStore = (directory: string) => Promise<ReadStore>;

/** What only some servers do as it should be. */
export interface Abilities {
  /** Texts are ordered by code point also beyond the basic plane. */
  readonly ordersByCodePoint: boolean;
}

/** The collection of the suite, with a field of each kind. */
export const TASKS: CollectionSpec = {
  name: 'tasks',
  version: 1,
  fields: { title: 'text', dueOn: 'text', rank: 'number', done: 'boolean', words: 'multiText', order: 'multiText' },
  indexes: [['title'], ['dueOn', 'rank'], ['done', 'dueOn']],
};

/** Another collection beside it. */
export const NOTES: CollectionSpec = { name: 'notes', version: 3, fields: { text: 'text' }, indexes: [['text']] };

/** The fields of a document of TASKS. */
export interface TaskFields {
  readonly title: string;
  readonly dueOn: string;
  readonly rank: number;
  readonly done: boolean;
  readonly words: readonly string[];
  readonly order: readonly string[];
}

/** A document of TASKS, whose fields are known by name. */
export interface Task extends Document {
  readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>> & TaskFields;
}

/** A position: fixed width, so that positions compare as text. */
export function at(position: number): string {
  return String(position).padStart(16, '0');
}

/** A document of TASKS with something in every field. */
export function task(id: string, position: number, given: Partial<TaskFields> = {}, body: unknown = { id }): Task {
  const fields = { title: `title ${id}`, dueOn: '2026-09-01', rank: 0, done: false, words: [], order: [], ...given };
  return { id, position: at(position), fields, body };
}

/** Puts a document; expected is the number of a position. */
export function put(document: Document, expected: number | null = null): Write {
  return { kind: 'put', expected: expected === null ? null : at(expected), document };
}

/** Deletes a document; expected is the number of a position. */
export function del(id: string, position: number, expected: number | null): Write {
  return { kind: 'delete', expected: expected === null ? null : at(expected), id, position: at(position) };
}

/** The ids of documents, for short expectations. */
export function ids(documents: readonly (Document | undefined)[]): readonly (string | undefined)[] {
  return documents.map((document) => document?.id);
}

/** A directory of its own with a store prepared for TASKS and NOTES; all that was opened is closed and removed. */
export async function withStore(
  open: OpenReadStore,
  work: (store: ReadStore, again: () => Promise<ReadStore>) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'readstore-'));
  const opened: ReadStore[] = [];
  const again = async (): Promise<ReadStore> => {
    const store = await open(directory);
    opened.push(store);
    return store;
  };
  try {
    const store = await again();
    await store.prepare([TASKS, NOTES]);
    await work(store, again);
  } finally {
    for (const store of opened) await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}
