import 'reflect-metadata';
import { Extensions, getMetadataStorage } from 'type-graphql';
import { MAX_SHORT } from '../../domain/texts.js';

/** What a text that a caller gives may be; `max` counts characters. */
export type TextRule =
  /** One line, such as a title or a number. */
  | { readonly kind: 'line'; readonly max: number }
  /** Any number of lines. */
  | { readonly kind: 'lines'; readonly max: number }
  /** The bytes of a file in base64. The resolver knows how large a file may be. */
  | { readonly kind: 'file' };

/** Ids that answers give; ours have fewer than 100 characters. */
export const ID_RULE: TextRule = { kind: 'line', max: 200 };
/** Words to search for. */
export const SEARCH: TextRule = { kind: 'line', max: MAX_SHORT };
/** A parameter of an address. */
export const PARAMETER: TextRule = { kind: 'line', max: 1_000 };
/** A whole document. */
export const FILE: TextRule = { kind: 'file' };

/** A cursor holds the sorting values of a row, in base64: the longest is a title. */
const CURSOR: TextRule = { kind: 'line', max: 10_000 };

/** Returns the rule of a text of one line. */
export function lineOf(max: number): TextRule {
  return { kind: 'line', max };
}

const FIELD = 'letopis:text';

/** Keeps a rule with a field of an input class; classes that extend it inherit the rule. type-graphql would not pass it on. */
function withRule(rule: TextRule): PropertyDecorator {
  return (prototype, name) => Reflect.defineMetadata(FIELD, rule, prototype, name);
}

/** Limits a text field of an input to one line of at most `max` characters. */
export function Line(max: number): PropertyDecorator {
  return withRule(lineOf(max));
}

/** Limits a text field of an input to `max` characters, on any number of lines. */
export function Lines(max: number): PropertyDecorator {
  return withRule({ kind: 'lines', max });
}

/** Marks a field of an input as the bytes of a file. */
export function File(): PropertyDecorator {
  return withRule(FILE);
}

/** Limits the text arguments of a query, by their names. */
export function Texts(rules: Readonly<Record<string, TextRule>>) {
  return Extensions({ texts: rules });
}

/** The rules of the arguments that every page has. */
const PAGE: Readonly<Record<string, TextRule>> = { after: CURSOR, before: CURSOR };

/** Returns the rule of a field of an input, by the name of the input; undefined when it has none. */
export function ruleOfField(input: string, name: string): TextRule | undefined {
  const metadata = getMetadataStorage().inputTypes.find((type) => type.name === input);
  const rule: unknown = metadata && Reflect.getMetadata(FIELD, metadata.target.prototype, name);
  return isRule(rule) ? rule : undefined;
}

interface WithExtensions {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Returns the rule of an argument of a field; undefined when it has none. */
export function ruleOfArgument({ extensions }: WithExtensions, name: string): TextRule | undefined {
  const { texts } = extensions;
  const own: unknown =
    typeof texts === 'object' && texts !== null ? Object.entries(texts).find(([key]) => key === name)?.[1] : undefined;
  return isRule(own) ? own : PAGE[name];
}

function isRule(value: unknown): value is TextRule {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
