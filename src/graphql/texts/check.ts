import {
  type GraphQLArgument,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputType,
  GraphQLString,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Refusal, refuse } from '../../domain/refusal.js';
import { hasLineBreak } from '../../domain/texts.js';
import { unreadableCharacter } from '../../engine/readable.js';
import { ID_RULE, ruleOfArgument, ruleOfField, type TextRule } from './rules.js';

/** Maximum number of items of a list argument. Commands have their own lower limits. */
const MAX_LIST = 20_000;

/** Returns the refusal of the first invalid text in a value; undefined when all are valid. */
type TextCheck = (value: unknown, path: string) => Refusal | undefined;

/**
 * Returns the function that checks the text arguments of a field; undefined if it has none.
 *
 * @throws Error for a text without a rule.
 */
export function checkOfArguments(
  field: GraphQLField<unknown, unknown>,
  way: string,
): ((args: Readonly<Record<string, unknown>>) => Refusal | undefined) | undefined {
  const checks = field.args.flatMap((argument) => {
    const check = checkOf(argument.type, ruleOfArgument(field, argument.name), `${way}(${argument.name})`);
    return check ? [{ name: argument.name, path: argumentPath(field, argument), check }] : [];
  });
  if (checks.length === 0) return undefined;
  return (args) => {
    for (const { name, path, check } of checks) {
      const found = check(args[name], path);
      if (found) return found;
    }
    return undefined;
  };
}

/** Returns the path of an argument in refusals. The `input` of a mutation is omitted. */
function argumentPath({ args }: GraphQLField<unknown, unknown>, { name }: GraphQLArgument): string {
  return args.length === 1 && name === 'input' ? '' : name;
}

function checkOf(type: GraphQLInputType, rule: TextRule | undefined, where: string): TextCheck | undefined {
  if (isNonNullType(type)) return checkOf(type.ofType, rule, where);
  if (isListType(type)) return checkOfList(checkOf(type.ofType, rule, where));
  if (isInputObjectType(type)) {
    const checks = Object.values(type.getFields()).flatMap((field) => {
      const check = checkOf(field.type, ruleOfField(type.name, field.name), `${type.name}.${field.name}`);
      return check ? [{ name: field.name, check }] : [];
    });
    return checks.length === 0 ? undefined : checkOfFields(checks);
  }
  // Other scalars validate their texts themselves.
  const own = type === GraphQLID ? ID_RULE : rule;
  if (type !== GraphQLID && type !== GraphQLString) return undefined;
  if (!own) throw new Error(`${where} is a text without a limit: give it one (graphql/texts/rules.ts)`);
  return (value, path) => (typeof value === 'string' ? textRefusal(value, own, path) : undefined);
}

function checkOfList(check: TextCheck | undefined): TextCheck {
  return (value, path) => {
    // GraphQL accepts a single value as a list of one.
    if (!Array.isArray(value)) return check?.(value, path);
    if (value.length > MAX_LIST) return refuse('TOO_MANY', path, { max: MAX_LIST }).refusal;
    for (const [index, each] of check ? value.entries() : []) {
      const found = check?.(each, `${path}.${index}`);
      if (found) return found;
    }
    return undefined;
  };
}

function checkOfFields(checks: readonly { readonly name: string; readonly check: TextCheck }[]): TextCheck {
  return (value, path) => {
    if (typeof value !== 'object' || value === null) return undefined;
    const values = new Map(Object.entries(value));
    for (const { name, check } of checks) {
      const found = check(values.get(name), path === '' ? name : `${path}.${name}`);
      if (found) return found;
    }
    return undefined;
  };
}

/**
 * Returns the refusal of an invalid text; undefined when it is valid. Checks the length first, because the other checks
 * take time proportional to it.
 */
export function textRefusal(text: string, rule: TextRule, path: string): Refusal | undefined {
  if (rule.kind === 'file') return undefined;
  const { max } = rule;
  if (text.length > max) return refuse('TOO_LONG', path, { max, length: text.length }).refusal;
  const unreadable = unreadableCharacter(text);
  if (unreadable) return refuse('UNREADABLE_TEXT', path, { ...unreadable }).refusal;
  return rule.kind === 'line' && hasLineBreak(text) ? refuse('LINE_BREAK', path).refusal : undefined;
}
