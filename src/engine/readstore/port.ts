/**
 * A value of a declared field. An absent value is stored as an empty text or a sentinel, never as null. Texts are
 * ordered by code point (not by UTF-16 unit or locale); false comes before true.
 */
export type FieldValue = string | number | boolean;

/**
 * Kind of a declared field: one value per record, or several (`multiText`, such as the words of a title). Positions and
 * instants are texts that an engine may store in fewer bytes. All values of a field must have the same form, or be
 * empty: positions of one event store, instants as `Date.toISOString` returns them.
 */
export type FieldKind = 'text' | 'position' | 'instant' | 'number' | 'boolean' | 'multiText';

/** One of several disjoint parts of all streams, by which processes divide the work on read models. */
export interface StreamPart {
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
}

/** A collection of a read model: the fields for filters and orders, and their indexes. */
export interface CollectionSpec {
  /** Letters only. A new shape of the records needs a new version, which is built beside the old one. */
  readonly name: string;
  readonly version: number;
  /** A version may have several builds, each with its own records. Default: 0, the first build. */
  readonly build?: number;
  /** The streams whose events the checkpoint counts; default: all. The rows of all parts are in one table. */
  readonly part?: StreamPart;
  readonly fields: Readonly<Record<string, FieldKind>>;
  /**
   * Lists of field names. Every index and every order ends with the record's id. A `multiText` field may be the first
   * of an index. An engine without such indexes looks up its values and sorts the result.
   */
  readonly indexes: readonly (readonly string[])[];
  /**
   * Text fields that are compared for equality only, such as ids. An engine may store each of their values once. They
   * cannot be used with `range`, with `prefix` or in an order.
   */
  readonly keys?: readonly string[];
  /**
   * A text or position field with a different value in each record, such as the position of an event. Orders and
   * indexes that contain it need no id at the end.
   */
  readonly unique?: string;
}

/** A record of a read model: filters and orders use `fields`, queries return `body` (plain JSON). */
export interface Document {
  readonly id: string;
  /** Position of the last event applied to the record. */
  readonly position: string;
  readonly fields: Readonly<Record<string, FieldValue | readonly string[]>>;
  readonly body: unknown;
}

/** A record loaded for writing: present, deleted (with the position of its tombstone), or absent. */
export type Loaded =
  | { readonly state: 'present'; readonly document: Document }
  | { readonly state: 'deleted'; readonly position: string }
  | { readonly state: 'absent' };

/** A write by compare-and-set: it succeeds only if the record is still at `expected` (null: absent). */
export type Write =
  | { readonly kind: 'put'; readonly expected: string | null; readonly document: Document }
  /** Leaves a tombstone with its position, so that an older write cannot restore the record. */
  | { readonly kind: 'delete'; readonly expected: string | null; readonly id: string; readonly position: string };

/** A condition on one field. `prefix` is for text fields, `has…` are for `multiText` fields only. */
export type Condition =
  | { readonly field: string; readonly op: 'eq'; readonly value: FieldValue }
  | { readonly field: string; readonly op: 'in'; readonly values: readonly FieldValue[] }
  | {
      readonly field: string;
      readonly op: 'range';
      readonly from?: FieldValue;
      readonly to?: FieldValue;
      /** Exclusive bounds. */
      readonly after?: FieldValue;
      readonly before?: FieldValue;
    }
  | { readonly field: string; readonly op: 'prefix'; readonly value: string }
  | { readonly field: string; readonly op: 'has'; readonly value: string }
  | { readonly field: string; readonly op: 'hasPrefix'; readonly value: string }
  /** One of the values is in the range; both ends are included. */
  | { readonly field: string; readonly op: 'hasRange'; readonly from?: string; readonly to?: string };

/** A conjunction of its parts; a part may be a disjunction of conjunctions. */
export type Filter = readonly (Condition | { readonly anyOf: readonly (readonly Condition[])[] })[];

/** A field of an order, with its direction. */
export interface OrderTerm {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** A place in an order: field values and the id of a record. */
export interface Keyset {
  readonly values: readonly FieldValue[];
  readonly id: string;
}

/** A request for one page of records. */
export interface PageRequest {
  readonly filter: Filter;
  /** Empty: order by id. The id is always the last term, in the direction of the last given term. */
  readonly order: readonly OrderTerm[];
  /**
   * Returns the records with the same value of this field together, in the given order. The order of the values is that
   * of the engine, so such a page has no keysets. An engine with an index of this field and the order need not sort.
   */
  readonly groupedBy?: string;
  readonly limit: number;
  /** Returns records after this place in the order. */
  readonly after?: Keyset;
  /** Returns records before this place. With `backwards` the last ones are returned, still in the given order. */
  readonly before?: Keyset;
  readonly backwards?: boolean;
  /**
   * Returns only these fields of the records, which costs less; default: all. A keyset needs the fields of the order.
   */
  readonly fields?: readonly string[];
}

/** One page of records. */
export interface Page {
  readonly documents: readonly Document[];
  /** True if there are more records beyond the page in the direction of reading. */
  readonly more: boolean;
}

/** A request for the sums of a number field, by the value of a text field. */
export interface SumRequest {
  readonly filter: Filter;
  readonly by: string;
  readonly of: string;
}

/**
 * Returns the name of the checkpoint of a collection. Each build has its own, and each part of it: `tasks@8`,
 * `tasks@8.1`, `tasks@8.1 2/4`.
 */
export function checkpointOf({ name, version, build, part }: CollectionSpec): string {
  return `${name}@${version}${build ? `.${build}` : ''}${part ? ` ${part.number}/${part.of}` : ''}`;
}

/** Returns a collection without its part. */
export function wholeOf({ part: _, ...whole }: CollectionSpec): CollectionSpec {
  return whole;
}

/**
 * Returns the names of the checkpoints of a build: the name of its own checkpoint, and the range of the names of its
 * parts, from the first text (inclusive) to the second one (exclusive).
 */
export function checkpointNames(spec: CollectionSpec): readonly [own: string, from: string, to: string] {
  const own = checkpointOf(wholeOf(spec));
  // «!» is the character after the space, with which the name of a part begins.
  return [own, `${own} `, `${own}!`];
}

/** State of a collection: the live build and its checkpoint. */
export interface Standing {
  readonly build: number;
  readonly position: string | undefined;
}

/** The store did not answer, or failed. The result of the call is unknown. */
export class ReadStoreUnavailable extends Error {
  override readonly name: string = 'ReadStoreUnavailable';
}

/** A record is larger than every engine stores. Other records are written. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';
}

/** The storage of the read models is damaged: rebuild them from the event store. */
export class ReadStoreDamaged extends ReadStoreUnavailable {
  override readonly name = 'ReadStoreDamaged';
}

/** The state of the read store that a process knows without a request to the engine. */
export interface KnownOfReadStore {
  /**
   * When the engine last answered (RFC 3339), if it does not answer now; undefined while it answers. An engine in files
   * always answers.
   */
  readonly awaySince: string | undefined;
}

/** The store of the read models. A single record is written atomically; there are no other guarantees. */
export interface ReadStore {
  readonly engine: string;
  /** Creates the collections and their indexes, or checks the existing ones. */
  prepare(specs: readonly CollectionSpec[]): Promise<void>;
  /**
   * Returns the records with these ids, in the order of the ids; undefined for an absent or deleted record.
   *
   * @param fields only these fields of the records, which costs less; default: all.
   */
  get(
    spec: CollectionSpec,
    ids: readonly string[],
    fields?: readonly string[],
  ): Promise<readonly (Document | undefined)[]>;
  /** Returns records as `get` does, with tombstones. */
  load(spec: CollectionSpec, ids: readonly string[]): Promise<readonly Loaded[]>;
  /** Returns the positions of records and tombstones, as writing expects them; null for an absent record. */
  positions(spec: CollectionSpec, ids: readonly string[]): Promise<readonly (string | null)[]>;
  /** Returns a page of records. */
  find(spec: CollectionSpec, page: PageRequest): Promise<Page>;
  /** Returns the number of records that match a filter. */
  count(spec: CollectionSpec, filter: Filter): Promise<number>;
  /** Returns the sum of a number field over the records that match a filter, for each value of a text field. */
  sums(spec: CollectionSpec, request: SumRequest): Promise<ReadonlyMap<string, number>>;
  /** Returns the names of the declared indexes that a build does not have. */
  missingIndexes(spec: CollectionSpec): Promise<readonly string[]>;
  /**
   * Returns the ids of records whose indexed values differ from their fields, in a store that holds both separately.
   * Such a difference means that the store was edited by hand.
   */
  misfiled?(spec: CollectionSpec): Promise<readonly string[]>;
  /** Returns for each write whether it succeeded. False means a lost race: load the record again. */
  write(spec: CollectionSpec, writes: readonly Write[]): Promise<readonly boolean[]>;
  /**
   * Returns the position up to which a model is built; undefined before the first checkpoint. The caller chooses the
   * names of models. The model of a collection is `checkpointOf(spec)`, so that each version has its own checkpoint and
   * `clear` finds it.
   */
  checkpoint(model: string): Promise<string | undefined>;
  /** Returns the checkpoints of a build by their names: that of all streams, and those of its parts. */
  checkpoints(spec: CollectionSpec): Promise<ReadonlyMap<string, string>>;
  /** Moves a checkpoint from the loaded value. Returns false for a lost race. */
  moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean>;
  /**
   * Drops the records, tombstones and checkpoints (those of its parts too) of a collection, as before a rebuild.
   * Afterwards the collection is prepared, whatever its state was before.
   *
   * @param indexed false to leave out the indexes, so that many records are written faster. Filters on lists may find
   *   nothing until `prepare` of the same store creates the indexes; write nothing to the collection meanwhile.
   */
  clear(spec: CollectionSpec, indexed?: boolean): Promise<void>;
  /** Drops all data of a collection, such as a build that is no longer needed. */
  drop(spec: CollectionSpec): Promise<void>;
  /** Returns the live build of a collection; 0 before any switch. */
  liveBuild(spec: CollectionSpec): Promise<number>;
  /** Returns the live build and the checkpoint of each collection, read at about the same time. */
  standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]>;
  /**
   * Makes these builds live, all at once. Drops every other build of their versions with its checkpoint; the records
   * are dropped when no reader can be using them any more.
   */
  switchBuilds(specs: readonly CollectionSpec[]): Promise<void>;
  /**
   * Drops older versions of these collections with their checkpoints. Call it when no server of an older version reads
   * them any more.
   *
   * @returns their names, such as `tasks@1`.
   */
  dropOlder(specs: readonly CollectionSpec[]): Promise<readonly string[]>;
  /** Returns what is known of the engine without calling it. */
  known(): KnownOfReadStore;
  close(): Promise<void>;
}
