import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** The things that a document names, by the names of the arguments and input fields that name them. */
export type Ids = Readonly<Record<string, string>>;

/** Values of scalars that any argument accepts, where no field says otherwise. */
const SCALARS: Readonly<Record<string, unknown>> = {
  String: 'П',
  Int: 1,
  Float: 1,
  Boolean: false,
  Date: '2020-10-01',
  DateTime: '2020-10-01T09:00:00Z',
  ID: 'plan_00000000-0000-4000-8000-000000000000',
};

/** Values of arguments and input fields whose text has a form of its own. */
const FORMS: Readonly<Record<string, unknown>> = {
  month: '2020-10',
  fileName: 'a.txt',
  content: Buffer.from('П').toString('base64'),
  timeZone: 'Asia/Yekaterinburg',
  name: 'Петрова П.П.',
};

/** A value for an argument or an input field: ids by its name, the least that is asked for otherwise. */
export function valueFor(
  { name, type }: Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type'>,
  ids: Ids,
): unknown {
  const known = ids[name];
  if (known !== undefined) return listed(type) ? [known] : known;
  return FORMS[name] ?? leastOf(type, ids);
}

function leastOf(type: GraphQLInputType, ids: Ids): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType, ids);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SCALARS[type.name];
  const fields = Object.values(type.getFields());
  if (type.name === 'AsOf') return { at: '2020-10-01T09:00:00Z' };
  const wanted = fields.filter((field) => isNonNullType(field.type) || ids[field.name] !== undefined);
  return Object.fromEntries(wanted.map((field) => [field.name, valueFor(field, ids)]));
}

function listed(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** A document that asks for one root field with the least arguments, and its variables. */
export function documentFor(
  kind: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
  ids: Ids,
  depth = 0,
): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> } {
  const args = field.args.filter(({ name, type }) => isNonNullType(type) || ids[name] !== undefined);
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = args.map(({ name }) => `${name}: $${name}`).join(', ');
  return {
    query: `${kind}${declared && `(${declared})`} { ${field.name}${given && `(${given})`} ${selectionOf(field.type, depth)} }`,
    variables: Object.fromEntries(args.map((arg) => [arg.name, valueFor(arg, ids)])),
  };
}

/** Every leaf that needs no argument, to a depth. */
export function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename id }';
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some((arg) => isNonNullType(arg.type)));
  const leaves = fields.flatMap((field) => {
    if (isLeafType(getNamedType(field.type))) return [field.name];
    // What goes back up is known already, and what needs more rights is looked at by itself.
    if (depth === 0 || ['history', 'edges', 'entry', 'reports', 'receipts', 'entries'].includes(field.name)) return [];
    const below = selectionOf(field.type, depth - 1);
    return below === '' ? [] : [`${field.name} ${below}`];
  });
  return leaves.length === 0 ? '{ __typename }' : `{ __typename ${leaves.join(' ')} }`;
}
