import 'reflect-metadata';
import { Extensions, getMetadataStorage } from 'type-graphql';
import { MAX_SHORT } from '../../domain/texts.js';

/** The rule of a text argument; `max` counts characters. */
export type TextRule =
  /** A text in one line, such as a title or a number. */
  | { readonly kind: 'line'; readonly max: number }
  /** Any number of lines. */
  | { readonly kind: 'lines'; readonly max: number }
  /** A file in base64. The resolver limits its size. */
  | { readonly kind: 'file' };

/** The rule of ids. Valid ids have fewer than 100 characters. */
export const ID_RULE: TextRule = { kind: 'line', max: 200 };
/** The rule of search texts. */
export const SEARCH: TextRule = { kind: 'line', max: MAX_SHORT };
/** The rule of URL parameters. */
export const PARAMETER: TextRule = { kind: 'line', max: 1_000 };
/** The rule of files. */
export const FILE_RULE: TextRule = { kind: 'file' };

/** The rule of cursors: the sort values of a row in base64. The longest is a title. */
export const CURSOR: TextRule = { kind: 'line', max: 10_000 };

/** Returns the rule of a single-line text. */
export function singleLineRule(max: number): TextRule {
  return { kind: 'line', max };
}

const FIELD = 'letopis:text';

/**
 * Stores a rule in the metadata of a field of an input class; subclasses inherit it. type-graphql does not pass on
 * extensions of inherited fields.
 */
function withRule(rule: TextRule): PropertyDecorator {
  return (prototype, name) => Reflect.defineMetadata(FIELD, rule, prototype, name);
}

/** Limits an input field to one line of at most `max` characters. */
export function SingleLine(max: number): PropertyDecorator {
  return withRule(singleLineRule(max));
}

/** Limits an input field to `max` characters on any number of lines. */
export function MultiLine(max: number): PropertyDecorator {
  return withRule({ kind: 'lines', max });
}

/** Marks an input field as the bytes of a file. */
export function File(): PropertyDecorator {
  return withRule(FILE_RULE);
}

/** Sets the rules of the text arguments of a query. */
export function Texts(rules: Readonly<Record<string, TextRule>>) {
  return Extensions({ texts: rules });
}

/** The rules of the paging arguments. */
const PAGING_RULES: Readonly<Record<string, TextRule>> = { after: CURSOR, before: CURSOR };

/** Returns the rule of an input field; undefined when it has none. */
export function ruleOfField(input: string, name: string): TextRule | undefined {
  const metadata = getMetadataStorage().inputTypes.find((type) => type.name === input);
  const rule: unknown = metadata && Reflect.getMetadata(FIELD, metadata.target.prototype, name);
  return isTextRule(rule) ? rule : undefined;
}

interface WithExtensions {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Returns the rule of an argument; undefined when it has none. */
export function ruleOfArgument({ extensions }: WithExtensions, name: string): TextRule | undefined {
  const { texts } = extensions;
  const own: unknown =
    typeof texts === 'object' && texts !== null ? Object.entries(texts).find(([key]) => key === name)?.[1] : undefined;
  return isTextRule(own) ? own : PAGING_RULES[name];
}

function isTextRule(value: unknown): value is TextRule {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
