import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionSpec, Document, ReadStore, Write } from '../../src/engine/readstore/port.js';

/** Opens a store in a directory. A second call for the same directory finds the same records. */
export type OpenReadStore = (directory: string) => Promise<ReadStore>;

/** Abilities that only some servers have. */
export interface Abilities {
  /** True when texts are also ordered by code point beyond the basic multilingual plane. */
  readonly ordersByCodePoint: boolean;
}

/** The collection of the suite, with a field of each kind. */
export const TASKS: CollectionSpec = {
  name: 'tasks',
  version: 1,
  fields: { title: 'text', dueOn: 'text', rank: 'number', done: 'boolean', words: 'multiText', order: 'multiText' },
  indexes: [['title'], ['dueOn', 'rank'], ['done', 'dueOn']],
};

/** A second collection. */
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

/** A document of TASKS with typed fields. */
export interface Task extends Document {
  readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>> & TaskFields;
}

/** Returns a position. Its width is fixed, so that positions compare as texts. */
export function at(position: number): string {
  return String(position).padStart(16, '0');
}

/** Returns a document of TASKS with a value in every field. */
export function task(id: string, position: number, given: Partial<TaskFields> = {}, body: unknown = { id }): Task {
  const fields = { title: `title ${id}`, dueOn: '2026-09-01', rank: 0, done: false, words: [], order: [], ...given };
  return { id, position: at(position), fields, body };
}

/** Returns a write that puts a document. `expected` is the number of a position. */
export function put(document: Document, expected: number | null = null): Write {
  return { kind: 'put', expected: expected === null ? null : at(expected), document };
}

/** Returns a write that deletes a document. `expected` is the number of a position. */
export function del(id: string, position: number, expected: number | null): Write {
  return { kind: 'delete', expected: expected === null ? null : at(expected), id, position: at(position) };
}

/** Returns the ids of documents in their order; undefined for each document that was not found. */
export function ids(documents: readonly (Document | undefined)[]): readonly (string | undefined)[] {
  return documents.map((document) => document?.id);
}

/**
 * Runs a case with a store that is prepared for TASKS and NOTES in a new directory. Afterwards closes and removes
 * everything.
 */
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
