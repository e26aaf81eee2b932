/**
 * A value of a declared field. Absent values are stored as an empty text or a sentinel, never as null. Texts are
 * ordered by code point (not by UTF-16 unit or locale), false comes before true.
 */
export type FieldValue = string | number | boolean;

/** How a declared field is kept: one value to a document, or several («multi», such as the words of a title). */
export type FieldKind = 'text' | 'number' | 'boolean' | 'multiText';

/** A read model's collection: the fields that filters and orders may name, and the indexes behind them. */
export interface CollectionSpec {
  /** Letters only. A new shape of the documents is a new version, built beside the old one. */
  readonly name: string;
  readonly version: number;
  /** Of one version there may be several builds, each with documents of its own; left out: 0, the first. */
  readonly build?: number;
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Each a list of field names; the document's id ends every index, as it ends every order. */
  readonly indexes: readonly (readonly string[])[];
}

/** A stored document: `fields` to find it by, `body` to answer with (plain JSON). */
export interface Document {
  readonly id: string;
  /** Position of the last event in it. */
  readonly position: string;
  readonly fields: Readonly<Record<string, FieldValue | readonly string[]>>;
  readonly body: unknown;
}

/** A document as loaded for writing: present, deleted (its tombstone's position), or never there. */
export type Loaded =
  | { readonly state: 'present'; readonly document: Document }
  | { readonly state: 'deleted'; readonly position: string }
  | { readonly state: 'absent' };

/** A write by compare-and-set: done only when the document is still at `expected` (null: never there). */
export type Write =
  | { readonly kind: 'put'; readonly expected: string | null; readonly document: Document }
  /** Leaves a tombstone with its position, so that an older write cannot bring the document back. */
  | { readonly kind: 'delete'; readonly expected: string | null; readonly id: string; readonly position: string };

/** One condition on one field. `prefix` and `has…` are for text; multi fields know only `has` and `hasPrefix`. */
export type Condition =
  | { readonly field: string; readonly op: 'eq'; readonly value: FieldValue }
  | { readonly field: string; readonly op: 'in'; readonly values: readonly FieldValue[] }
  | {
      readonly field: string;
      readonly op: 'range';
      readonly from?: FieldValue;
      readonly to?: FieldValue;
      /** Exclusive ends instead of inclusive ones. */
      readonly after?: FieldValue;
      readonly before?: FieldValue;
    }
  | { readonly field: string; readonly op: 'prefix'; readonly value: string }
  | { readonly field: string; readonly op: 'has'; readonly value: string }
  | { readonly field: string; readonly op: 'hasPrefix'; readonly value: string };

/** All of the conditions; each may be one of several conjunctions. */
export type Filter = readonly (Condition | { readonly anyOf: readonly (readonly Condition[])[] })[];

export interface OrderTerm {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** A place between two documents of an order: the values of its fields and the id, of the last one seen. */
export interface Keyset {
  readonly values: readonly FieldValue[];
  readonly id: string;
}

export interface PageRequest {
  readonly filter: Filter;
  /** May be empty: by id. The id is always the last term, in the direction of the last one given. */
  readonly order: readonly OrderTerm[];
  readonly limit: number;
  /** Documents after this place in the order … */
  readonly after?: Keyset;
  /** … or before it. With `backwards` the last ones are taken; they still come in the order. */
  readonly before?: Keyset;
  readonly backwards?: boolean;
}

export interface Page {
  readonly documents: readonly Document[];
  /** Whether there are more beyond the page in its direction of reading. */
  readonly more: boolean;
}

/** The name under which the checkpoint of a collection's model is kept: each build has its own. */
export function checkpointOf(spec: CollectionSpec): string {
  return `${spec.name}@${spec.version}${spec.build ? `.${spec.build}` : ''}`;
}

/** Where a collection stands: the build that answers, and its checkpoint. */
export interface Standing {
  readonly build: number;
  readonly position: string | undefined;
}

/** The store did not answer, or not as it should: nothing is known of what was asked. */
export class ReadStoreUnavailable extends Error {
  override readonly name: string = 'ReadStoreUnavailable';
}

/** What holds the read models is damaged: it must be made anew from the chronicle. */
export class ReadStoreDamaged extends ReadStoreUnavailable {
  override readonly name = 'ReadStoreDamaged';
}

/** Read models. One document is written atomically; nothing more is promised or needed. */
export interface ReadStore {
  readonly engine: string;
  /** Makes the collections and their indexes, or checks that they are there. */
  prepare(specs: readonly CollectionSpec[]): Promise<void>;
  /** The documents with these ids, in the order of the ids; undefined for one that is not there. */
  get(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (Document | undefined)[]>;
  /** Like `get`, with tombstones, for writing. */
  load(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Loaded[]>;
  find(spec: CollectionSpec, page: PageRequest): Promise<Page>;
  count(spec: CollectionSpec, filter: Filter): Promise<number>;
  /**
   * The ids of documents that filters and orders find otherwise than by what they hold, where the store keeps that apart from
   * them: somebody has changed the one or the other by hand.
   */
  misfiled?(spec: CollectionSpec): Promise<readonly string[]>;
  /** Tells for each write whether it was done; false is a lost race: load again. */
  write(spec: CollectionSpec, writes: readonly Write[]): Promise<readonly boolean[]>;
  /**
   * Position up to which the model has passed; undefined before the first. Models are named by the caller, the model of
   * a collection by `checkpointOf(spec)`, so that each version has its own and `clear` finds it.
   */
  checkpoint(model: string): Promise<string | undefined>;
  /** Moves a checkpoint from the value it was loaded with; false is a lost race. */
  moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean>;
  /**
   * Drops documents, tombstones and checkpoint (`checkpointOf(spec)`) of one collection, as before a rebuild. Afterwards
   * it is prepared, whatever it was before.
   */
  clear(spec: CollectionSpec): Promise<void>;
  /** Drops all that there is of a collection, as of a build that is not wanted. */
  drop(spec: CollectionSpec): Promise<void>;
  /** The build of a collection that answers; 0 before any switch. */
  liveBuild(spec: CollectionSpec): Promise<number>;
  /** For each collection the build that answers and how far it has come, all of about one moment. */
  standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]>;
  /**
   * Makes these builds the ones that answer, all of them at once, and drops every other build of their versions with its
   * checkpoint: its documents once nobody can be reading them any more.
   */
  switchBuilds(specs: readonly CollectionSpec[]): Promise<void>;
  /**
   * Drops older versions of these collections with their checkpoints: to be asked for once no server of an older version
   * reads them any more.
   *
   * @returns their names, such as `plans@1`.
   */
  dropOlder(specs: readonly CollectionSpec[]): Promise<readonly string[]>;
  close(): Promise<void>;
}
