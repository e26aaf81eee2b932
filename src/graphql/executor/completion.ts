import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Meter } from './meter.js';
import type { SelectedField } from './selection.js';

/** A path in a result, in the form of graphql-js. */
export interface ResponsePath {
  readonly prev: ResponsePath | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

/**
 * Returns the path of a value of a field: of the field itself, or of an item of its list. Paths are made only for
 * objects, lists, resolvers and errors, because most values of an answer are none of these.
 *
 * @param above the path of the object of the field, or of the list of the item.
 * @param key the response key of the field, or the index of the item.
 */
export function pathOf({ parent }: SelectedField, above: ResponsePath | undefined, key: string | number): ResponsePath {
  return { prev: above, key, typename: typeof key === 'number' ? undefined : parent.name };
}

/** The execution that values are completed for. See {@link pathOf} for `above` and `key`. */
export interface ValueCompletion {
  readonly schema: GraphQLSchema;
  readonly context: object;
  readonly meter: Meter;
  /** Returns the selected fields of an object as JSON text. */
  object(source: unknown, field: SelectedField, type: GraphQLObjectType, path: ResponsePath): string | Promise<string>;
  /** Records the error and returns `null`. Throws when the field is not nullable. */
  failed(
    error: unknown,
    isNullable: boolean,
    field: SelectedField,
    above: ResponsePath | undefined,
    key: string | number,
  ): string;
  /** Returns the fourth argument of a resolver. */
  infoOf(field: SelectedField, above: ResponsePath | undefined, key: string | number): GraphQLResolveInfo;
}

/** See {@link pathOf} for `above` and `key`. */
type Complete = (
  run: ValueCompletion,
  field: SelectedField,
  above: ResponsePath | undefined,
  key: string | number,
  value: unknown,
) => string | Promise<string>;

/** Converts values of a type to JSON text. */
export interface Completer {
  readonly isNullable: boolean;
  readonly complete: Complete;
}

const completers = new WeakMap<GraphQLOutputType, Completer>();

/** Returns the completer of a type. Memoized. */
export function completerOf(type: GraphQLOutputType): Completer {
  const known = completers.get(type);
  if (known) return known;
  const isNullable = !isNonNullType(type);
  const complete = isNonNullType(type) ? required(completePresent(type.ofType)) : nullable(completePresent(type));
  const completer = { isNullable, complete };
  completers.set(type, completer);
  return completer;
}

function completePresent(type: GraphQLOutputType): Complete {
  if (isLeafType(type)) return leaf(type);
  if (isListType(type)) return completeList(type.ofType);
  if (isObjectType(type)) return objectOf(type);
  if (isNonNullType(type)) return completePresent(type.ofType);
  return abstract(type);
}

function nullable(complete: Complete): Complete {
  return (run, field, above, key, value) => {
    if (value === undefined || value === null) return 'null';
    if (value instanceof Error) throw value;
    return complete(run, field, above, key, value);
  };
}

function required(complete: Complete): Complete {
  return (run, field, above, key, value) => {
    if (value instanceof Error) throw value;
    if (value !== undefined && value !== null) return complete(run, field, above, key, value);
    throw new Error(`Cannot return null for non-nullable field ${field.parent.name}.${field.definition.name}.`);
  };
}

function leaf(type: GraphQLLeafType): Complete {
  return ({ meter }, _field, _above, _key, value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized === undefined || serialized === null) {
      throw new Error(`Expected \`${type.name}.serialize\` to return a non-nullable value, returned: ${serialized}`);
    }
    const text = JSON.stringify(serialized);
    meter.add(text.length);
    return text;
  };
}

function objectOf(type: GraphQLObjectType): Complete {
  const { isTypeOf } = type;
  if (!isTypeOf) return (run, field, above, key, value) => run.object(value, field, type, pathOf(field, above, key));
  const checked = (isOfType: boolean, ...[run, field, above, key, value]: Parameters<Complete>) => {
    if (isOfType) return run.object(value, field, type, pathOf(field, above, key));
    throw new GraphQLError(`Expected value of type "${type.name}" but got another.`, { nodes: field.nodes });
  };
  return (run, field, above, key, value) => {
    const isOfType = isTypeOf(value, run.context, run.infoOf(field, above, key));
    if (typeof isOfType === 'boolean') return checked(isOfType, run, field, above, key, value);
    return Promise.resolve(isOfType).then((each) => checked(each, run, field, above, key, value));
  };
}

function abstract(type: GraphQLAbstractType): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const ofName = (name: string | undefined, ...[run, field, above, key, value]: Parameters<Complete>) => {
    const found = name === undefined ? undefined : run.schema.getType(name);
    if (isObjectType(found) && run.schema.isSubType(type, found)) return objectOf(found)(run, field, above, key, value);
    const what = found === undefined ? 'that does not exist inside the schema' : 'that is none of its types';
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a type "${name}" ${what}.`, {
      nodes: field.nodes,
    });
  };
  return (run, field, above, key, value) => {
    const name = resolveType(value, run.context, run.infoOf(field, above, key), type);
    if (typeof name === 'string' || name === undefined) return ofName(name, run, field, above, key, value);
    return Promise.resolve(name).then((each) => ofName(each, run, field, above, key, value));
  };
}

function completeList(itemType: GraphQLOutputType): Complete {
  const completer = completerOf(itemType);
  return (run, field, above, key, value) => {
    if (!isIterable(value)) {
      const name = `${field.parent.name}.${field.definition.name}`;
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
    }
    const items = Array.isArray(value) ? value : [...value];
    return new Items(run, field, pathOf(field, above, key), items, completer).text();
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Writes the items of a list. A long list yields to other requests. */
class Items {
  readonly #pieces: (string | Promise<string>)[] = [];
  #text = '[';
  #index = 0;
  /** Numbers of pieces and of items whose rejections {@link ignoreRejection} has handled. */
  #leftPieces = 0;
  #leftItems = 0;

  constructor(
    private readonly run: ValueCompletion,
    private readonly field: SelectedField,
    private readonly path: ResponsePath,
    private readonly items: readonly unknown[],
    private readonly completer: Completer,
  ) {}

  text(): string | Promise<string> {
    try {
      while (this.#index < this.items.length) {
        if (this.run.meter.isDue()) return this.#afterTurn();
        this.#writeNext();
      }
    } catch (error) {
      return thrownAfter(this.#pieces, error);
    }
    if (this.#pieces.length === 0) return `${this.#text}]`;
    this.#pieces.push(`${this.#text}]`);
    return whenAll(this.#pieces);
  }

  async #afterTurn(): Promise<string> {
    for (; this.#leftPieces < this.#pieces.length; this.#leftPieces += 1)
      ignoreRejection(this.#pieces[this.#leftPieces]);
    for (; this.#leftItems < this.items.length; this.#leftItems += 1) ignoreRejection(this.items[this.#leftItems]);
    try {
      await this.run.meter.turn();
    } catch (error) {
      return thrownAfter(this.#pieces, error);
    }
    return this.text();
  }

  #writeNext(): void {
    if (this.#index > 0) this.#text += ',';
    const item = this.#itemAt(this.#index);
    this.#index += 1;
    if (typeof item === 'string') this.#text += item;
    else {
      this.#pieces.push(this.#text, item);
      this.#text = '';
    }
  }

  #itemAt(index: number): string | Promise<string> {
    const { run, field, path, completer } = this;
    try {
      const value = this.items[index];
      const text = isPromise(value)
        ? value.then((each) => completer.complete(run, field, path, index, each))
        : completer.complete(run, field, path, index, value);
      if (typeof text === 'string') return text;
      return text.catch((error: unknown) => run.failed(error, completer.isNullable, field, path, index));
    } catch (error) {
      return run.failed(error, completer.isNullable, field, path, index);
    }
  }
}

/**
 * Marks the rejection of a possible promise as handled, so that it does not end the process. The promise is awaited
 * later or never; awaiting it still throws the error.
 */
function ignoreRejection(value: unknown): void {
  if (isPromise(value)) value.catch(() => undefined);
}

/**
 * Joins pieces of text. If some fail, rejects after all others have settled, with the error of the first piece: which
 * one failed first in time would differ from one execution to the next.
 */
export async function whenAll(pieces: readonly (string | Promise<string>)[]): Promise<string> {
  try {
    let text = '';
    // `join` is not used, because it would copy the whole text again at each level of the answer.
    for (const piece of await Promise.all(pieces)) text += piece;
    return text;
  } catch (error) {
    const settled = await Promise.allSettled(pieces);
    throw settled.find((each) => each.status === 'rejected')?.reason ?? error;
  }
}

/** Rejects with the error after all pieces have settled. */
export async function thrownAfter(pieces: readonly (string | Promise<string>)[], error: unknown): Promise<never> {
  await Promise.allSettled(pieces);
  throw error;
}

/** Returns true for a promise. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
