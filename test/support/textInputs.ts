import {
  type GraphQLArgument,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { ID_RULE, ruleOfArgument, ruleOfField, type TextRule } from '../../src/graphql/texts/rules.js';

/** Values to use for arguments and input fields of a name, such as ids of things that exist. */
export type ValuesByName = Readonly<Record<string, unknown>>;

/** Valid values of scalars, unless {@link FORMS} names another one for the field. */
const SCALARS: Readonly<Record<string, unknown>> = {
  String: 'П',
  Int: 1,
  Float: 1,
  Boolean: false,
  Date: '2020-10-01',
  DateTime: '2020-10-01T09:00:00Z',
  ID: 'plan_00000000-0000-4000-8000-000000000000',
};

/** Valid values of arguments and input fields whose text has a special form. */
const FORMS: Readonly<Record<string, unknown>> = {
  month: '2020-10',
  fileName: 'a.txt',
  content: Buffer.from('П').toString('base64'),
  timeZone: 'Asia/Yekaterinburg',
  name: 'Петрова П.П.',
};

/** Returns a valid value for an argument or an input field: the given one of its name, otherwise the smallest one. */
function valueFor(
  { name, type }: Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type'>,
  values: ValuesByName,
): unknown {
  const known = values[name];
  if (known !== undefined) return listed(type) && !Array.isArray(known) ? [known] : known;
  return FORMS[name] ?? leastOf(type, values);
}

function leastOf(type: GraphQLInputType, values: ValuesByName): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType, values);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SCALARS[type.name];
  const fields = Object.values(type.getFields());
  if (type.name === 'AsOf') return { at: '2020-10-01T09:00:00Z' };
  const wanted = fields.filter((field) => isNonNullType(field.type) || values[field.name] !== undefined);
  return Object.fromEntries(wanted.map((field) => [field.name, valueFor(field, values)]));
}

function listed(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** A text within the arguments of a field. */
export interface TextInput {
  /** The path as refusals name it. */
  readonly path: string;
  readonly rule: TextRule;
  /** Returns arguments with this text at the place, and valid values elsewhere. */
  argumentsWith(text: string): Readonly<Record<string, unknown>>;
}

/** Returns every text in the arguments of a field, at any depth. */
export function textInputsOf(field: GraphQLField<unknown, unknown>, values: ValuesByName): readonly TextInput[] {
  const wanted = field.args.filter(({ name, type }) => isNonNullType(type) || values[name] !== undefined);
  const least = Object.fromEntries(wanted.map((each) => [each.name, valueFor(each, values)]));
  const isCommand = field.args.length === 1 && field.args[0]?.name === 'input';
  return field.args.flatMap(({ name, type }) =>
    textsOf(type, ruleOfArgument(field, name), isCommand ? '' : name, values).map(({ path, rule, valueWith }) => ({
      path,
      rule,
      argumentsWith: (text: string) => ({ ...least, [name]: valueWith(text, least[name]) }),
    })),
  );
}

interface Within {
  readonly path: string;
  readonly rule: TextRule;
  /** Returns the valid value with this text in it. */
  valueWith(text: string, valid: unknown): unknown;
}

function textsOf(
  type: GraphQLInputType,
  rule: TextRule | undefined,
  path: string,
  values: ValuesByName,
): readonly Within[] {
  if (isNonNullType(type)) return textsOf(type.ofType, rule, path, values);
  if (isListType(type)) {
    return textsOf(type.ofType, rule, `${path}.0`, values).map((below) => ({
      ...below,
      valueWith: (text, valid) => [below.valueWith(text, Array.isArray(valid) ? valid[0] : undefined)],
    }));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).flatMap((field) =>
      textsOf(
        field.type,
        ruleOfField(type.name, field.name),
        path === '' ? field.name : `${path}.${field.name}`,
        values,
      ).map((below) => ({
        ...below,
        valueWith: (text, valid) => {
          const whole = typeof valid === 'object' && valid !== null ? valid : leastObject(type, values);
          const own = Object.entries(whole).find(([name]) => name === field.name)?.[1];
          return { ...whole, [field.name]: below.valueWith(text, own) };
        },
      })),
    );
  }
  if (type === GraphQLID) return [{ path, rule: ID_RULE, valueWith: (text) => text }];
  if (type !== GraphQLString) return [];
  if (!rule) throw new Error(`${path} has no rule`);
  return [{ path, rule, valueWith: (text) => text }];
}

function leastObject(type: GraphQLInputType, values: ValuesByName): object {
  const value = valueFor({ name: '', type }, values);
  return typeof value === 'object' && value !== null ? value : {};
}
