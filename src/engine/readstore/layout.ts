import { type CollectionSpec, type Document, type FieldKind, type FieldValue, type SumRequest } from './port.js';
import { isFieldValue, isTexts } from './values.js';

/** The storage of a collection, with its fields by kind. */
export interface Layout {
  /** Name of the table or collection in the store. */
  readonly table: string;
  readonly kinds: ReadonlyMap<string, FieldKind>;
  readonly scalars: readonly string[];
  readonly multis: readonly string[];
  /** Text fields that are compared for equality only. */
  readonly keys: ReadonlySet<string>;
  /** A field with a different value in each record; undefined if there is none. */
  readonly unique: string | undefined;
  readonly indexes: readonly (readonly string[])[];
  /** Indexes that begin with a multi field, for engines that have such indexes. */
  readonly multiIndexes: readonly (readonly string[])[];
}

const layouts = new WeakMap<CollectionSpec, Layout>();

/**
 * Returns the layout of a collection. Names become part of queries, so they are checked here, once per spec.
 *
 * @throws TypeError for a name that is not letters only, a version that is not a whole number, or an unknown field.
 */
export function layoutOf(spec: CollectionSpec): Layout {
  const known = layouts.get(spec);
  if (known !== undefined) return known;
  const layout = laidOut(spec);
  layouts.set(spec, layout);
  return layout;
}

/**
 * Returns the table of a build: `plans_v1`, then `plans_v1b1`. No table name is another table name with `_` and a
 * suffix.
 */
export function tableOf({ name, version, build = 0 }: CollectionSpec): string {
  return `${name}_v${version}${build === 0 ? '' : `b${build}`}`;
}

/** Parses the name of a table; undefined if it is not the table of a collection. */
function namedIn(table: string): Pick<CollectionSpec, 'name' | 'version' | 'build'> | undefined {
  const [, name, version, build = '0'] = /^([A-Za-z]+)_v(\d+)(?:b(\d+))?$/.exec(table) ?? [];
  return name === undefined ? undefined : { name, version: Number(version), build: Number(build) };
}

/** Returns the tables of older versions of these collections. */
export function olderOf(tables: readonly string[], specs: readonly CollectionSpec[]) {
  const versions = new Map(specs.map(({ name, version }) => [name, version]));
  return tables.flatMap((table) => {
    const named = namedIn(table);
    return named && named.version < (versions.get(named.name) ?? 0) ? [named] : [];
  });
}

/**
 * Checks the fields that a request names.
 *
 * @throws TypeError for a field that is not declared.
 */
export function checkFields({ table, kinds }: Layout, fields: readonly string[]): void {
  for (const field of fields)
    if (!kinds.has(field)) throw new TypeError(`${table}: the field ${field} is not declared`);
}

/**
 * Returns the fields of a stored record, or those of them that are wanted.
 *
 * @throws TypeError if a field holds no value.
 */
export function checkedFields(layout: Layout, given: unknown, wanted?: readonly string[]): Document['fields'] {
  if (typeof given !== 'object' || given === null) throw new TypeError(`${layout.table}: fields are not an object`);
  const fields: Record<string, FieldValue | readonly string[]> = {};
  for (const [field, value] of Object.entries(given)) {
    if (wanted && !wanted.includes(field)) continue;
    if (!isFieldValue(value) && !isTexts(value)) throw new TypeError(`${layout.table}: ${field} holds no value`);
    fields[field] = value;
  }
  return fields;
}

/**
 * Checks the fields of a request for sums.
 *
 * @throws TypeError if they are not declared, or of another kind.
 */
export function checkSums({ table, kinds }: Layout, { by, of }: Pick<SumRequest, 'by' | 'of'>): void {
  if (kinds.get(by) !== 'text') throw new TypeError(`${table}, sums by ${by}: not a text field`);
  if (kinds.get(of) !== 'number') throw new TypeError(`${table}, sums of ${of}: not a number field`);
}

/**
 * Checks that a condition or an order uses only equality of a key field.
 *
 * @throws TypeError
 */
export function checkKeyUse({ table, keys }: Layout, field: string, use: string): void {
  if (!keys.has(field) || ['eq', 'in', 'has'].includes(use)) return;
  throw new TypeError(`${table}, ${field} ${use}: a key field is compared for equality only`);
}

function laidOut(spec: CollectionSpec): Layout {
  checkName('collection', spec.name);
  if (!Number.isSafeInteger(spec.version) || spec.version < 0)
    throw new TypeError(`collection ${spec.name}: the version must be a whole number, not ${spec.version}`);
  const { build = 0 } = spec;
  if (!Number.isSafeInteger(build) || build < 0)
    throw new TypeError(`collection ${spec.name}: the build must be a whole number, not ${build}`);
  const kinds = new Map<string, FieldKind>();
  const lowered = new Set<string>();
  for (const [field, kind] of Object.entries(spec.fields)) {
    checkName(`collection ${spec.name}: field`, field);
    // Names are not case-sensitive in some stores.
    if (lowered.has(field.toLowerCase()))
      throw new TypeError(`collection ${spec.name}: two fields called ${field} but for upper and lower case`);
    lowered.add(field.toLowerCase());
    kinds.set(field, kind);
  }
  const isMulti = (field: string): boolean => kinds.get(field) === 'multiText';
  const keys = new Set(spec.keys);
  for (const field of keys)
    if (kinds.get(field) !== 'text') throw new TypeError(`collection ${spec.name}: ${field} is not a text field`);
  if (spec.unique !== undefined && !['text', 'position'].includes(kinds.get(spec.unique) ?? ''))
    throw new TypeError(`collection ${spec.name}: ${spec.unique} is not a text field`);
  if (spec.indexes.some((fields) => fields.slice(1).some(isMulti)))
    throw new TypeError(`collection ${spec.name}: a multi field is the first of its index`);
  for (const field of spec.indexes.flat())
    if (!kinds.has(field)) throw new TypeError(`collection ${spec.name}: an index names the unknown field ${field}`);
  return {
    table: tableOf(spec),
    kinds,
    scalars: [...kinds.keys()].filter((field) => !isMulti(field)),
    multis: [...kinds.keys()].filter(isMulti),
    keys,
    unique: spec.unique,
    // The empty list is the index by id over live records, for pages without an order and for counts.
    indexes: [[], ...spec.indexes.filter((fields) => !fields.some(isMulti))],
    multiIndexes: spec.indexes.filter((fields) => fields.some(isMulti)),
  };
}

/** Returns true if an order or an index of these fields must end with the id, so that no two records are equal. */
export function endsWithId({ unique }: Layout, fields: readonly string[]): boolean {
  return unique === undefined || !fields.includes(unique);
}

function checkName(what: string, name: string): void {
  if (!/^[A-Za-z]+$/.test(name)) throw new TypeError(`${what} ${JSON.stringify(name)}: a name is letters only`);
}
