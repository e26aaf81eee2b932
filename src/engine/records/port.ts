/** A value of a field. */
export type Scalar = string | number | null;

/** A small record: its fields by name. */
export type RecordRow = Readonly<Record<string, Scalar>>;

/**
 * A table of small records beside the chronicle, for data that may be lost or deleted and is not part of the history.
 */
export interface TableSpec<Row extends RecordRow> {
  /** Name of the collection in MongoDB. The key is its `_id`. */
  readonly collection: string;
  /** Name of the table in SQLite, and its column for each field. */
  readonly table: string;
  readonly columns: Readonly<Partial<Record<keyof Row & string, string>>>;
  /** Creates the table and its indexes in SQLite, if they do not exist. */
  readonly create: string;
  /** A column with the whole row as JSON, for fields that have no column. */
  readonly content?: string;
  /** The indexes in MongoDB, by name. */
  readonly indexes?: Readonly<Record<string, readonly (keyof Row & string)[]>>;
  /** Field of the key, a text. */
  readonly key: keyof Row & string;
  /** SQLite assigns the numbers itself and ignores the given key. Keys are only compared with keys that were read. */
  readonly isNumbered?: true;
  /** The fields that `put` changes in a row that exists. `max`: only if the new value is greater. Default: none. */
  readonly changes?: readonly { readonly field: keyof Row & string; readonly max?: true }[];
  /** Field with the time or day of a row, from which its age counts where the age is limited. */
  readonly at?: keyof Row & string;
  /** Returns the row with its types. @throws when it has another form. */
  readonly parse: (row: unknown) => Row;
}

/** Bounds of a field. `from` and `to` include the bound. Undefined: none. */
interface Bounds {
  readonly from?: Scalar | undefined;
  readonly to?: Scalar | undefined;
  readonly after?: Scalar | undefined;
  readonly before?: Scalar | undefined;
}

/** A condition on a field: a value, one of several, or bounds. Undefined: none. */
export type FieldCondition = Scalar | undefined | Bounds | { readonly in: readonly Scalar[] };

/** Conditions on fields; all must hold. */
export type Where<Row extends RecordRow> = { readonly [Field in keyof Row]?: FieldCondition };

/** An order by one field. */
export interface RecordOrder<Row extends RecordRow> {
  readonly by: keyof Row & string;
  readonly descending?: boolean;
  /** Rows to leave out. Default: 0. */
  readonly skip?: number;
  readonly limit: number;
}

/** A part of a list in the order of its keys: keys beyond these bounds (exclusive; undefined: none). */
export interface KeyPage {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly descending?: boolean;
  readonly limit: number;
}

/** The rows of a table. Every method rejects with the error of {@link RecordsFailure} when the store fails. */
export interface Records<Row extends RecordRow> {
  /**
   * Inserts rows; a failure may leave some of them inserted. In rows that exist, it updates the `changes` fields of the
   * table.
   */
  put(rows: readonly Row[]): Promise<void>;
  /** Replaces a row that exists. */
  update(row: Row): Promise<void>;
  find(where: Where<Row>, order: RecordOrder<Row>): Promise<readonly Row[]>;
  count(where: Where<Row>): Promise<number>;
  remove(where: Where<Row>): Promise<void>;
  /** Removes the row with this key and returns it. Of several concurrent calls only one returns the row. */
  take(key: string): Promise<Row | undefined>;
}

/** Opens tables of records in one place. */
export interface RecordStore {
  /** Opens a table. @param days age limit of the rows of a table with `at`: older ones are deleted. Default: none. */
  open<Row extends RecordRow>(spec: TableSpec<Row>, days?: number): Promise<Records<Row>>;
  close(): void;
}

/** Makes the error that a store of records throws. */
export type RecordsFailure = (message: string, cause: unknown) => Error;
