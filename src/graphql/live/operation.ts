import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, Kind, visit } from 'graphql';
import type { NativePosition } from '../../eventstore/port.js';
import { visibilityKey } from '../answers/visibility.js';
import type { Context } from '../context.js';
import { mayPass, publicResult, type Report } from '../unavailable.js';
import type { Item } from './source.js';

/** A subscription as it was asked, checked. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** A result as text, made once for all to whom it is told. */
export interface Told {
  /** The execution result as JSON. */
  readonly json: Buffer;
  /** The position that the result itself tells; undefined where that was not asked for. */
  readonly id: string | undefined;
  readonly position: NativePosition;
}

/**
 * Executes a subscription for one item.
 *
 * @throws GraphQLError when an engine is away: the client comes again behind its last result, and misses nothing.
 */
export async function told(
  operation: Operation,
  context: Context,
  { root, position }: Item,
  report: Report,
): Promise<Told> {
  const { schema, document, variables, operationName } = operation;
  const result = await execute({
    ...{ schema, document, operationName },
    rootValue: root,
    contextValue: context,
    variableValues: variables,
  });
  const { errors } = result;
  const passing = errors?.find(mayPass);
  if (passing) throw passing;
  const shown = errors ? publicResult(result, report) : result;
  return { json: Buffer.from(JSON.stringify(shown)), id: positionIn(result), position };
}

/** The position that a result tells: what its root field says, or where no field is asked for, nothing. */
function positionIn({ data }: ExecutionResult): string | undefined {
  const [root] = Object.values(data ?? {});
  if (typeof root !== 'object' || root === null || !('position' in root)) return undefined;
  return typeof root.position === 'string' ? root.position : undefined;
}

/** Who shares a key is told the same, from whichever position they began. */
export function groupKey(operation: Operation, context: Context): string {
  const { number, start } = traitsOf(operation.document);
  const { [start]: _, ...variables } = operation.variables;
  const { id } = context.principal;
  // Readings of names are noted by who read them; grants are told to whom they were given.
  const own = context.may('personalNames') || context.scope instanceof Set ? id : '';
  return JSON.stringify([number, operation.operationName, variables, visibilityKey(context), own]);
}

interface Traits {
  /** Tells one document from another. */
  readonly number: number;
  /** The variable that tells where to begin and nothing else; empty: none. */
  readonly start: string;
}

const traits = new WeakMap<DocumentNode, Traits>();
let count = 0;

function traitsOf(document: DocumentNode): Traits {
  const known = traits.get(document);
  if (known) return known;
  count += 1;
  const found = { number: count, start: startIn(document) };
  traits.set(document, found);
  return found;
}

function startIn(document: DocumentNode): string {
  const uses: string[] = [];
  let start = '';
  visit(document, {
    VariableDefinition: () => false,
    Argument: ({ name, value }) => {
      if (name.value === 'after' && value.kind === Kind.VARIABLE) start = value.name.value;
    },
    Variable: ({ name }) => {
      uses.push(name.value);
    },
  });
  return uses.filter((name) => name === start).length === 1 ? start : '';
}
