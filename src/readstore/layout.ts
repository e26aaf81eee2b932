import type { CollectionSpec, FieldKind } from './port.js';

/** Where a collection is kept, and its fields by kind. */
export interface Layout {
  /** The name of its table or collection in the store. */
  readonly table: string;
  readonly kinds: ReadonlyMap<string, FieldKind>;
  readonly scalars: readonly string[];
  readonly multis: readonly string[];
  readonly indexes: readonly (readonly string[])[];
}

const layouts = new WeakMap<CollectionSpec, Layout>();

/**
 * The layout of a collection. Names go into queries, so they are checked here, once for each spec.
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

/** The table of a build: `plans_v1`, then `plans_v1b1`. No table's name begins with that of another and `_`. */
export function tableOf({ name, version, build = 0 }: CollectionSpec): string {
  return `${name}_v${version}${build === 0 ? '' : `b${build}`}`;
}

/** What a table's name tells of it; undefined for one that is no collection's own. */
export function namedIn(table: string): Pick<CollectionSpec, 'name' | 'version' | 'build'> | undefined {
  const [, name, version, build = '0'] = /^([A-Za-z]+)_v(\d+)(?:b(\d+))?$/.exec(table) ?? [];
  return name === undefined ? undefined : { name, version: Number(version), build: Number(build) };
}

/** Of tables those of older versions of some collections. */
export function olderOf(tables: readonly string[], specs: readonly CollectionSpec[]) {
  const versions = new Map(specs.map(({ name, version }) => [name, version]));
  return tables.flatMap((table) => {
    const named = namedIn(table);
    return named && named.version < (versions.get(named.name) ?? 0) ? [named] : [];
  });
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
    // Some stores do not tell upper from lower case in names.
    if (lowered.has(field.toLowerCase()))
      throw new TypeError(`collection ${spec.name}: two fields called ${field} but for upper and lower case`);
    lowered.add(field.toLowerCase());
    kinds.set(field, kind);
  }
  const isMulti = (field: string): boolean => kinds.get(field) === 'multiText';
  for (const field of spec.indexes.flat())
    if (!kinds.has(field)) throw new TypeError(`collection ${spec.name}: an index names the unknown field ${field}`);
  return {
    table: tableOf(spec),
    kinds,
    scalars: [...kinds.keys()].filter((field) => !isMulti(field)),
    multis: [...kinds.keys()].filter(isMulti),
    // A multi field has an index of its own and is no part of another. The empty list is the index by id over live
    // documents, for pages without an order and for counts.
    indexes: [[], ...spec.indexes.map((fields) => fields.filter((field) => !isMulti(field)))],
  };
}

function checkName(what: string, name: string): void {
  if (!/^[A-Za-z]+$/.test(name)) throw new TypeError(`${what} ${JSON.stringify(name)}: a name is letters only`);
}
