import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { isCacheableDocument } from '../answers/cacheable.js';
import { apiError } from '../errors.js';
import type { ExecutableOperation } from '../executor/executor.js';
import { OperationSelection, selectsByVariables } from '../executor/selection.js';
import { checkCost, costOf } from '../limits/cost.js';
import { DOCUMENT_RULES, MAX_TOKENS } from '../limits/rules.js';
import { NESTED_TOO_DEEPLY } from './faults.js';

/** Variables as the client sent them. */
export type RequestVariables = Readonly<Record<string, unknown>> | undefined;

/** A GraphQL request, over any transport. */
export interface GraphQLRequest {
  readonly query: string;
  /** The parsed query, where the transport has parsed it already. */
  readonly parsed?: DocumentNode;
  readonly variables: RequestVariables;
  readonly operationName: string | undefined;
  /** True when the response must include the cost of the query. */
  readonly wantsCost: boolean;
}

/** An operation that may be executed. */
export interface CheckedOperation extends ExecutableOperation {
  readonly known: KnownDocument;
  readonly cost: number;
  /** The variables as sent: graphql-js needs them to start a subscription. */
  readonly sent: RequestVariables;
}

/** The errors of an operation that is not executed. */
export interface RefusedOperation {
  readonly errors: readonly GraphQLError[];
}

/** Deepest nesting of variables. Inputs of the API have a few levels. */
const MAX_VARIABLES_DEPTH = 30;

/**
 * Checks that variables can be written as JSON again: they may be nested so deeply that this exhausts the stack.
 *
 * @throws GraphQLError BAD_USER_INPUT
 */
export function checkVariables(variables: RequestVariables): void {
  if (nestsDeeper(variables, MAX_VARIABLES_DEPTH)) {
    throw apiError('BAD_USER_INPUT', `Variables are nested at most ${MAX_VARIABLES_DEPTH} levels deep.`, {
      http: { status: 400 },
    });
  }
}

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => nestsDeeper(each, levels - 1));
}

/** Capacity of the cache of parsed GraphQL documents: their number, and the sum of their characters. */
const MAX_DOCUMENTS = 500;
const MAX_DOCUMENTS_CHARACTERS = 1_000_000;
/** Number of costs cached for one document, and the longest cache key of a cost. */
const MAX_COSTS = 200;
const MAX_SHAPE = 500;

/** Returns the error of a document that does not contain the operation to execute. */
export function unresolvedOperation(): GraphQLError {
  return apiError('OPERATION_RESOLUTION_FAILURE', 'Name one operation of the document by operationName.');
}

/** A valid GraphQL document, with memoized values. */
export class KnownDocument {
  /** True when answers to its queries may be cached, judged by the fields that it selects. */
  readonly isCacheable: boolean;
  readonly #costs = new LRUCache<string, number>({ max: MAX_COSTS });
  readonly #selectsByVariables: boolean;
  #selection: OperationSelection | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    /** Unique within this process. */
    readonly id: number,
  ) {
    this.isCacheable = isCacheableDocument(schema, document);
    this.#selectsByVariables = selectsByVariables(document);
  }

  /** Returns the named operation, ready for execution, or the errors that prevent it. */
  operation(
    variables: RequestVariables,
    name: string | undefined,
    maxCost: number,
  ): CheckedOperation | RefusedOperation {
    const { schema, document } = this;
    const operation = getOperationAST(document, name);
    if (!operation) return { errors: [unresolvedOperation()] };
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
    if (errors) return { errors: errors.map((error) => coded(error, 'BAD_USER_INPUT')) };
    const selection = this.#selectionFor(coerced);
    const cost = this.#costOf(operation, selection, coerced, variables);
    const refused = checkCost(cost, maxCost);
    if (refused) return { errors: [refused] };
    return { known: this, schema, document, operation, selection, variables: coerced, cost, sent: variables };
  }

  #costOf(
    operation: OperationDefinitionNode,
    selection: OperationSelection,
    coerced: Readonly<Record<string, unknown>>,
    sent: RequestVariables,
  ): number {
    const name = operation.name?.value ?? '';
    // The contents of strings do not affect the cost; whether they are present does.
    const shape = `${name} ${JSON.stringify(sent, (_, value) => (typeof value === 'string' ? '' : value))}`;
    const known = this.#costs.get(shape);
    if (known !== undefined) return known;
    const cost = costOf(this.schema, operation, selection, coerced);
    if (shape.length <= MAX_SHAPE) this.#costs.set(shape, cost);
    return cost;
  }

  #selectionFor(variables: Readonly<Record<string, unknown>>): OperationSelection {
    if (this.#selectsByVariables) return new OperationSelection(this.schema, this.document, variables);
    this.#selection ??= new OperationSelection(this.schema, this.document, {});
    return this.#selection;
  }
}

/** A cache of validated GraphQL documents, by their text. */
export class Documents {
  readonly #byText = new LRUCache<string, KnownDocument>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_DOCUMENTS_CHARACTERS,
    sizeCalculation: (_, text) => text.length + 1,
  });
  readonly #rules;
  #count = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    { introspection }: { readonly introspection: boolean },
  ) {
    const closed = introspection ? [] : [NoSchemaIntrospectionCustomRule];
    this.#rules = [...specifiedRules, ...DOCUMENT_RULES, ...closed];
  }

  /** Returns a document that is cached already; otherwise undefined. */
  known(text: string): KnownDocument | undefined {
    return this.#byText.get(text);
  }

  /** Returns a document parsed and validated, or its errors. */
  checked(text: string, parsed?: DocumentNode): KnownDocument | RefusedOperation {
    const known = this.#byText.get(text);
    if (known) return known;
    const document = parsed ?? parsedText(text);
    if ('errors' in document) return document;
    const errors = validate(this.schema, document, this.#rules);
    if (errors.length > 0) return { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
    this.#count += 1;
    const made = new KnownDocument(this.schema, document, this.#count);
    this.#byText.set(text, made);
    return made;
  }
}

/**
 * The document stage. Returns a valid and affordable operation with coerced variables, or the errors that prevent its
 * execution.
 */
export function checkedOperation(
  documents: Documents,
  asked: GraphQLRequest,
  maxCost: number,
): CheckedOperation | RefusedOperation {
  const known = documents.checked(asked.query, asked.parsed);
  return 'errors' in known ? known : known.operation(asked.variables, asked.operationName, maxCost);
}

/** Returns true for a query. */
export function isQuery({ operation }: ExecutableOperation): boolean {
  return operation.operation === OperationTypeNode.QUERY;
}

/** Returns true for a subscription. */
export function isSubscription({ operation }: ExecutableOperation): boolean {
  return operation.operation === OperationTypeNode.SUBSCRIPTION;
}

/** Returns the error of an operation that was sent to an address for another kind of operation. */
export function wrongPlace(message: string): RefusedOperation {
  return { errors: [apiError('BAD_USER_INPUT', message)] };
}

function parsedText(text: string): DocumentNode | RefusedOperation {
  try {
    return parse(text, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [coded(error, 'GRAPHQL_PARSE_FAILED')] };
    if (error instanceof RangeError)
      return { errors: [coded(new GraphQLError(NESTED_TOO_DEEPLY), 'GRAPHQL_PARSE_FAILED')] };
    throw error;
  }
}

/** Returns the error with a code, unless it has a code already. */
function coded(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  const { message, nodes, source, positions, path, originalError, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions: { ...extensions, code },
  });
}
