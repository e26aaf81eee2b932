import {
  type DocumentNode,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  Kind,
  locatedError,
  type OperationDefinitionNode,
  OperationTypeNode,
  responsePathAsArray,
} from 'graphql';
import { argumentsOf } from './arguments.js';
import { isPromise, pathOf, type ResponsePath, thrownAfter, type ValueCompletion, whenAll } from './completion.js';
import { inDocumentOrder } from './errorOrder.js';
import type { Meter } from './meter.js';
import type { OperationSelection, SelectedField } from './selection.js';

/** An operation that is ready to be executed: valid, affordable, with coerced variables. */
export interface ExecutableOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly selection: OperationSelection;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The result of an execution: the data as JSON text, and the errors. The data is `null` when an error has propagated to
 * the root.
 */
export interface ExecutedOperation {
  readonly data: string;
  readonly errors: readonly GraphQLError[];
}

/**
 * Executes an operation as the GraphQL specification defines it; tests compare it with graphql-js. It writes the data
 * as JSON text while reading, so that it can measure the size, stop at a limit, and yield to other requests.
 */
export async function executed(
  operation: ExecutableOperation,
  { root, context, meter }: { readonly root: unknown; readonly context: object; readonly meter: Meter },
): Promise<ExecutedOperation> {
  return new OperationExecution(operation, root, context, meter).run();
}

class OperationExecution implements ValueCompletion {
  readonly #errors: GraphQLError[] = [];
  readonly #infos = new Map<SelectedField, Omit<GraphQLResolveInfo, 'path'>>();
  readonly #args = new Map<SelectedField, Record<string, unknown>>();

  constructor(
    private readonly executable: ExecutableOperation,
    private readonly root: unknown,
    readonly context: object,
    readonly meter: Meter,
  ) {}

  get schema(): GraphQLSchema {
    return this.executable.schema;
  }

  async run(): Promise<ExecutedOperation> {
    const { schema, operation, selection } = this.executable;
    const type = schema.getRootType(operation.operation);
    if (!type) throw new Error(`the schema has no ${operation.operation}`);
    const fields = selection.roots(type, operation.selectionSet);
    try {
      const isMutation = operation.operation === OperationTypeNode.MUTATION;
      const data = isMutation ? await this.#serially(fields) : await this.#members(fields, this.root, undefined);
      return { data, errors: inDocumentOrder(this.#errors) };
    } catch (error) {
      // An aborted execution returns only the reason.
      const { ended } = this.meter;
      if (ended) return { data: 'null', errors: [ended] };
      this.#errors.push(error instanceof GraphQLError ? error : wrappedFault(error));
      return { data: 'null', errors: inDocumentOrder(this.#errors) };
    }
  }

  /** Returns the selected fields of an object as JSON text. */
  object(
    source: unknown,
    field: SelectedField,
    type: SelectedField['parent'],
    path: ResponsePath,
  ): string | Promise<string> {
    return this.#members(this.executable.selection.below(field, type), source, path);
  }

  infoOf(field: SelectedField, above: ResponsePath | undefined, key: string | number): GraphQLResolveInfo {
    // V8 adds a property after a spread slowly.
    return { path: pathOf(field, above, key), ...this.#infoWithoutPath(field) };
  }

  #infoWithoutPath(field: SelectedField): Omit<GraphQLResolveInfo, 'path'> {
    const known = this.#infos.get(field);
    if (known) return known;
    const { nodes, parent, definition } = field;
    const { schema, operation, variables, document } = this.executable;
    const info = {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType: parent,
      schema,
      fragments: fragmentsOf(document),
      rootValue: this.root,
      operation,
      variableValues: { ...variables },
    };
    this.#infos.set(field, info);
    return info;
  }

  /** Records the error and returns `null`. Throws when the field is not nullable. */
  failed(
    error: unknown,
    isNullable: boolean,
    field: SelectedField,
    above: ResponsePath | undefined,
    key: string | number,
  ): string {
    if (this.meter.ended) throw this.meter.ended;
    const located = locatedError(error, field.nodes, responsePathAsArray(pathOf(field, above, key)));
    if (!isNullable) throw located;
    this.#errors.push(located);
    return 'null';
  }

  async #serially(fields: readonly SelectedField[]): Promise<string> {
    if (fields.length === 0) return '{}';
    let text = '';
    for (const field of fields) text += field.label + (await this.#field(field, this.root, undefined));
    return `${text}}`;
  }

  #members(
    fields: readonly SelectedField[],
    source: unknown,
    path: ResponsePath | undefined,
  ): string | Promise<string> {
    // All its fields may be skipped by a directive.
    if (fields.length === 0) return '{}';
    let pieces: (string | Promise<string>)[] | undefined;
    let text = '';
    try {
      for (const field of fields) {
        text += field.label;
        const value = this.#field(field, source, path);
        if (typeof value === 'string') text += value;
        else {
          pieces ??= [];
          pieces.push(text, value);
          text = '';
        }
      }
    } catch (error) {
      return thrownAfter(pieces ?? [], error);
    }
    if (!pieces) return `${text}}`;
    pieces.push(`${text}}`);
    return whenAll(pieces);
  }

  #field(field: SelectedField, source: unknown, above: ResponsePath | undefined): string | Promise<string> {
    const { completer, key, label } = field;
    try {
      this.meter.add(label.length);
      const value = this.#resolved(field, source, above);
      const text = isPromise(value)
        ? value.then((each) => this.#completedLater(field, above, each))
        : completer.complete(this, field, above, key, value);
      if (typeof text === 'string') return text;
      return text.catch((error: unknown) => this.failed(error, completer.isNullable, field, above, key));
    } catch (error) {
      return this.failed(error, completer.isNullable, field, above, key);
    }
  }

  /** Thousands of promises may resolve together: yields when the time slice is over. */
  #completedLater(field: SelectedField, above: ResponsePath | undefined, value: unknown): string | Promise<string> {
    if (!this.meter.isDue()) return field.completer.complete(this, field, above, field.key, value);
    return this.meter.turn().then(() => this.#completedLater(field, above, value));
  }

  #resolved(field: SelectedField, source: unknown, above: ResponsePath | undefined): unknown {
    const { resolve, name } = field.definition;
    if (resolve) {
      return resolve(source, this.#argsOf(field), this.context, this.infoOf(field, above, field.key));
    }
    if (!isRecord(source)) return undefined;
    const property = source[name];
    if (typeof property !== 'function') return property;
    return property.call(source, this.#argsOf(field), this.context, this.infoOf(field, above, field.key));
  }

  /** Returns the arguments of a field. They are the same for every parent object. */
  #argsOf(field: SelectedField): Record<string, unknown> {
    const known = this.#args.get(field);
    if (known) return known;
    const args = argumentsOf(field, this.executable.variables);
    this.#args.set(field, args);
    return args;
  }
}

function fragmentsOf({ definitions }: DocumentNode): GraphQLResolveInfo['fragments'] {
  const fragments = definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [each] : []));
  return Object.fromEntries(fragments.map((each) => [each.name.value, each]));
}

function wrappedFault(error: unknown): GraphQLError {
  return new GraphQLError('A fault', { originalError: error instanceof Error ? error : new Error(String(error)) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
