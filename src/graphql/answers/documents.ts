import {
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.js';
import { costOf } from '../limits/cost.js';
import { DOCUMENT_RULES, MAX_TOKENS } from '../limits/rules.js';

/** Variables as they were sent. */
export type Variables = Readonly<Record<string, unknown>> | undefined;

type Run = (context: Context, variables: Variables) => Promise<ExecutionResult> | ExecutionResult;

/** Most documents that are kept, and characters of all of them together. */
const MAX_DOCUMENTS = 500;
const MAX_CHARACTERS = 1_000_000;
/** A document that was asked so often is worth compiling. */
const OFTEN = 3;
/** Costs that are kept of one document, and the longest description of variables that is. */
const MAX_COSTS = 200;
const MAX_SHAPE = 500;

/** A document that was found valid and within the limits that hold whatever its variables, with what was made of it. */
export class KnownDocument {
  readonly #costs = new LRUCache<string, number>({ max: MAX_COSTS });
  readonly #compiled = new Map<string | undefined, Run | undefined>();
  #asked = 0;
  #isCheap: boolean | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    /** Tells it from every other one that was known here. */
    readonly id: number,
  ) {}

  /** False when it reads files of strangers: it is carried out once, and a failure is not carried out again for its words. */
  get isCheapToRepeat(): boolean {
    this.#isCheap ??= !selects(this.document, 'importPreview');
    return this.#isCheap;
  }

  /** What an operation of it costs; nothing where its variables do not fit, since it will not be carried out. */
  costOf(variables: Variables, operationName: string | undefined): number {
    // What a text says has no part in a cost, whether it is given at all has.
    const shape = `${operationName} ${JSON.stringify(variables, (_, value) => (typeof value === 'string' ? '' : value))}`;
    const known = this.#costs.get(shape);
    if (known !== undefined) return known;
    const cost = costOf(this.schema, this.document, variables, operationName);
    if (cost > 0 && shape.length <= MAX_SHAPE) this.#costs.set(shape, cost);
    return cost;
  }

  /** Carries out an operation of it, compiled where it is asked often. Its errors may be told in other words than graphql-js has for them. */
  async run(context: Context, variables: Variables, operationName: string | undefined): Promise<ExecutionResult> {
    this.#asked += 1;
    const compiled = this.#asked < OFTEN ? undefined : this.#compiledFor(operationName);
    if (compiled) return compiled(context, variables);
    const { schema, document } = this;
    return execute({ schema, document, contextValue: context, variableValues: variables, operationName });
  }

  #compiledFor(operationName: string | undefined): Run | undefined {
    if (!this.#compiled.has(operationName)) this.#compiled.set(operationName, this.#compile(operationName));
    return this.#compiled.get(operationName);
  }

  #compile(operationName: string | undefined): Run | undefined {
    if (!isCompilable(this.document)) return undefined;
    try {
      const compiled = compileQuery(this.schema, this.document, operationName);
      if (!isCompiledQuery(compiled)) return undefined;
      return (context, variables) => compiled.query(undefined, context, { ...variables });
    } catch {
      // What the compiler cannot take, graphql-js can.
      return undefined;
    }
  }
}

function selects(document: DocumentNode, field: string): boolean {
  let isFound = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== field) return undefined;
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

/** Documents that were asked before: what is the same for each request of one is done once. */
export class Documents {
  readonly #byText = new LRUCache<string, KnownDocument>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_, text) => text.length + 1,
  });
  readonly #byDocument = new WeakMap<DocumentNode, KnownDocument>();
  readonly #rules;
  #count = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    { introspection }: { readonly introspection: boolean },
  ) {
    const closed = introspection ? [] : [NoSchemaIntrospectionCustomRule];
    this.#rules = [...specifiedRules, ...DOCUMENT_RULES, ...closed];
  }

  /** One that was found valid before. */
  known(text: string): KnownDocument | undefined {
    return this.#byText.get(text);
  }

  /** The same, of one that was parsed and validated elsewhere by the same rules. */
  of(text: string, document: DocumentNode): KnownDocument {
    const known = this.#byDocument.get(document) ?? this.#byText.get(text) ?? this.#add(document);
    this.#byDocument.set(document, known);
    this.#byText.set(text, known);
    return known;
  }

  #add(document: DocumentNode): KnownDocument {
    this.#count += 1;
    return new KnownDocument(this.schema, document, this.#count);
  }

  /** A document by its text, or what is wrong with it. */
  checked(text: string): KnownDocument | { readonly errors: readonly GraphQLError[] } {
    const known = this.#byText.get(text);
    if (known) return known;
    try {
      const document = parse(text, { maxTokens: MAX_TOKENS });
      const errors = validate(this.schema, document, this.#rules);
      return errors.length > 0 ? { errors } : this.of(text, document);
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  }
}

/**
 * False for what graphql-jit takes otherwise than graphql-js does: whatever is no query; and a variable within an input object
 * that may be left out, which it takes for null (its issues 91 and 230).
 */
function isCompilable(document: DocumentNode): boolean {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operations.some(({ operation }) => operation !== OperationTypeNode.QUERY)) return false;
  const variables = operations.flatMap(({ variableDefinitions }) => variableDefinitions ?? []);
  const optional = variables.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE);
  const names = new Set(optional.map(({ variable }) => variable.name.value));
  let depth = 0;
  let isFit = true;
  visit(document, {
    ObjectValue: {
      enter: () => {
        depth += 1;
      },
      leave: () => {
        depth -= 1;
      },
    },
    Variable: ({ name }) => {
      if (depth > 0 && names.has(name.value)) isFit = false;
    },
  });
  return isFit;
}
