import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Ids of things to which a request may refer, by the kind of id, such as `planId`. */
export type Ids = Readonly<Record<string, string>>;

/** The ids that an argument or input field may take, as they are named in {@link Ids}, by the name of the argument. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  id: ['planId'],
  ids: ['planId', 'activityId', 'organisationId', 'entryId'],
  fromPlanId: ['planId'],
  parentId: ['organisationId'],
  underOrganisationId: ['organisationId'],
  planIds: ['planId'],
  organisationIds: ['organisationId'],
  activityIds: ['activityId'],
  pointIds: ['pointId'],
  partyIds: ['partyId'],
  intoId: ['partyId'],
  formerAccessId: ['accessId'],
  accountableId: ['partyId'],
  exclude: ['activityId'],
  placeId: ['activityId', 'sectionId'],
  deliveryIds: ['deliveryId'],
  ...Object.fromEntries(
    [
      ...[
        'planId',
        'sectionId',
        'activityId',
        'pointId',
        'reportId',
        'requestId',
        'entryId',
        'partyId',
        'organisationId',
      ],
      ...['accessId', 'webhookId', 'actorId', 'subject', 'content'],
    ].map((name) => [name, [name]]),
  ),
};

/** The kinds for single places, where the name alone does not decide. */
const REFERENCES_AT: Readonly<Record<string, readonly string[]>> = {
  'activity.id': ['activityId'],
  'organisation.id': ['organisationId'],
  'accessHolder.id': ['accessId'],
  'addSection.input.place.after': ['sectionId'],
  'moveActivity.input.place.after': ['activityId'],
  'moveActivity.place.after': ['activityId'],
  'addSection.place.after': ['sectionId'],
  'addActivity.input.activity.place.after': ['activityId'],
  'amendPlan.input.changes.add.place.after': ['activityId'],
  'amendPlan.input.changes.move.place.after': ['activityId'],
  ...Object.fromEntries(
    ['node.id', 'nodes.ids'].map((at) => [
      at,
      [
        ...['planId', 'sectionId', 'activityId', 'pointId', 'reportId', 'requestId', 'entryId', 'partyId'],
        ...['organisationId', 'accessId', 'webhookId'],
      ],
    ]),
  ),
};

/** Valid values of scalars, unless {@link FORMS} names another one. */
const SCALARS: Readonly<Record<string, unknown>> = {
  String: 'П',
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2020-10-01',
  DateTime: '2020-10-01T09:00:00Z',
};

/** The external id of the plan in force and of its last row, in every world. */
export const SAME_EXTERNAL_ID = 'общий код';

/** Valid values of arguments and input fields whose text has a special form. */
const FORMS: Readonly<Record<string, unknown>> = {
  month: '2020-10',
  fileName: 'a.txt',
  timeZone: 'Asia/Yekaterinburg',
  name: 'Петрова П.П.',
  url: 'https://portal.invalid/',
  expectedRevision: 0,
  basis: { withoutDocument: true },
  timeframe: { text: 'октябрь 2020 г.' },
  revision: 0,
  commandId: 'walk',
  externalId: SAME_EXTERNAL_ID,
};

/** Valid values for single places. */
const FORMS_AT: Readonly<Record<string, unknown>> = { 'calendar.from': '2020-09-01', 'calendar.to': '2021-08-31' };

/** Arguments that page through a list or wait for a position. */
const PAGING: readonly string[] = ['first', 'last', 'after', 'before', 'atLeast', 'resumeAfter'];

/** A place where a root field takes a reference, such as `planChanged.planId` or `amendPlan.input.changes.exclude`. */
export interface Reference {
  readonly at: string;
  /** The kinds of ids for the place; each variant uses one. */
  readonly kinds: readonly string[];
}

interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly defaultValue?: unknown;
}

function isRequired({ type, defaultValue }: Input): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

type RootField = GraphQLField<unknown, unknown>;

/**
 * Returns every place at which a field takes a reference.
 *
 * @throws Error for a place that is neither in {@link REFERENCES} nor in {@link REFERENCES_AT}: add it there.
 */
export function referencesOf(field: RootField): Reference[] {
  return field.args.flatMap((arg) => referencesIn(arg, field.name, 0));
}

function referencesIn({ name, type }: Input, above: string, depth: number): Reference[] {
  const at = `${above}.${name}`;
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    return depth > 4 ? [] : Object.values(named.getFields()).flatMap((each) => referencesIn(each, at, depth + 1));
  }
  if (named.name !== 'ID' && name !== 'content') return [];
  const kinds = REFERENCES_AT[at] ?? REFERENCES[name];
  if (!kinds) throw new Error(`what ${at} refers to is not known: name it in test/support/walk.ts`);
  return [{ at, kinds }];
}

/** One way to query a field: its references and its optional arguments. */
export interface Variant {
  readonly references: readonly string[];
  /** The place and value of one optional argument; undefined: none. */
  readonly option?: { readonly at: string; readonly value: unknown };
  /** The kind of id at a place that takes several kinds. */
  readonly kind?: string;
}

/**
 * Returns the ways to query a field: each reference alone, with each optional argument, and with the plan or
 * organisation in other arguments.
 */
export function variantsOf(field: RootField): Variant[] {
  const references = referencesOf(field);
  const alone = references.flatMap(({ at, kinds }) => kinds.map((kind) => ({ references: [at], kind })));
  const bases: readonly Variant[] = alone.length === 0 ? [{ references: [] }] : alone;
  const containers = references.filter(({ kinds }) =>
    kinds.every((kind) => ['planId', 'organisationId'].includes(kind)),
  );
  const options = optionsOf(field);
  return bases.flatMap((base) => [
    base,
    ...options.map((option) => ({ ...base, option })),
    ...containers
      .filter(({ at }) => !base.references.includes(at))
      .map(({ at }) => ({ ...base, references: [...base.references, at] })),
  ]);
}

function optionsOf(field: RootField): { readonly at: string; readonly value: unknown }[] {
  const [only, ...others] = field.args;
  const input = only && others.length === 0 ? getNamedType(only.type) : undefined;
  const inputs: readonly (Input & { readonly at: string })[] = isInputObjectType(input)
    ? Object.values(input.getFields()).map((each) => ({ ...each, at: `${field.name}.${only?.name}.${each.name}` }))
    : field.args.map((each) => ({ ...each, at: `${field.name}.${each.name}` }));
  return inputs
    .filter((each) => !isRequired(each) && !PAGING.includes(each.name))
    .filter((each) => referencesIn(each, field.name, 0).length === 0)
    .flatMap(({ at, name, type }) => valuesOf(name, type).map((value) => ({ at, value })));
}

/** Returns the values to try for an optional argument. */
function valuesOf(name: string, type: GraphQLInputType): unknown[] {
  const named = getNamedType(type);
  if (named.name === 'AsOf') {
    return [
      ...[{ at: '2020-10-01T09:00:00Z' }, { revision: 0 }, { revision: 100_000 }],
      ...[{ effectiveOn: '2020-10-01' }, { knownOn: '2020-10-01' }],
    ];
  }
  if (isEnumType(named))
    return named.getValues().map((value) => (isListType(getNullableType(type)) ? [value.name] : value.name));
  return [FORMS[name] ?? least(type)];
}

/** Returns the smallest value of a type, without optional parts. */
function least(type: GraphQLInputType): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return [];
  if (isEnumType(plain)) return plain.getValues()[0]?.name;
  if (!isInputObjectType(plain)) return SCALARS[plain.name];
  if (plain.name === 'AsOf') return { at: '2020-10-01T09:00:00Z' };
  const required = Object.values(plain.getFields()).filter(({ type: each }) => isNonNullType(each));
  return Object.fromEntries(required.map(({ name, type: each }) => [name, FORMS[name] ?? least(each)]));
}

/** A request to the API. */
export interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Returns the request for a field in a variant. `idAt` returns the id for a place. */
export function requestFor(
  kind: 'query' | 'mutation' | 'subscription',
  field: RootField,
  variant: Variant,
  idAt: (at: string, kind: string) => string | undefined,
  depth = 0,
): Request {
  const valueAt = (input: Input, above: string): unknown => {
    const at = `${above}.${input.name}`;
    if (variant.option?.at === at) return variant.option.value;
    const isWanted = variant.references.some((each) => each === at || each.startsWith(`${at}.`));
    if (!isWanted && !isRequired(input)) return undefined;
    const named = getNamedType(input.type);
    const isList = isListType(getNullableType(input.type));
    if (isInputObjectType(named) && named.name !== 'AsOf') {
      if (FORMS[input.name] !== undefined) return FORMS[input.name];
      if (isList && !isWanted) return [];
      const fields = Object.values(named.getFields()).map((each) => [each.name, valueAt(each, at)]);
      const value = Object.fromEntries(fields.filter(([, each]) => each !== undefined));
      return isList ? [value] : value;
    }
    const [found] = referencesIn(input, above, 0);
    if (!found) return FORMS_AT[at] ?? FORMS[input.name] ?? least(input.type);
    const chosen = variant.references[0] === at ? variant.kind : undefined;
    const id = idAt(at, chosen ?? found.kinds[0] ?? '');
    return isList ? [id] : id;
  };
  const given = field.args.flatMap((arg) => {
    const value = valueAt(arg, field.name);
    return value === undefined ? [] : [{ ...arg, value }];
  });
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const named = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = selectionOf(field.type, depth);
  return {
    query: `${kind}${declared && `(${declared})`} { ${field.name}${named && `(${named})`} ${selection} }`,
    variables: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}

/** Returns a selection of all leaf fields without required arguments, down to a depth. */
export function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename id }';
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some((arg) => isNonNullType(arg.type)));
  const leaves = fields.flatMap((field) => {
    if (isLeafType(getNamedType(field.type))) return [field.name];
    // Skip fields that lead back to a parent, and fields that need more rights, which have separate tests.
    if (depth === 0 || ['history', 'edges', 'entry', 'reports', 'receipts', 'entries'].includes(field.name)) return [];
    const below = selectionOf(field.type, depth - 1);
    return below === '' ? [] : [`${field.name} ${below}`];
  });
  return leaves.length === 0 ? '{ __typename }' : `{ __typename ${leaves.join(' ')} }`;
}
