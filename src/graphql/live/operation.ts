import { type DocumentNode, Kind, visit } from 'graphql';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { NativePosition } from '../../eventstore/port.js';
import { visibilityKey } from '../answers/visibility.js';
import type { Context } from '../context.js';
import { resultText } from '../request/answer.js';
import type { CheckedOperation } from '../request/document.js';
import { execute } from '../request/execute.js';
import { mayPass } from '../request/faults.js';
import type { Item } from './source.js';

/** A result as text, made once for all subscribers that get it. */
export interface SerializedResult {
  /** The execution result as JSON. */
  readonly json: Buffer;
  /** The position that the result itself has; undefined where that was not selected. */
  readonly id: string | undefined;
  readonly position: NativePosition;
}

/**
 * Executes a subscription for one item.
 *
 * @throws GraphQLError when an engine is away: the client comes again behind its last result, and misses nothing.
 */
export async function executeForItem(
  operation: CheckedOperation,
  context: Context,
  { root, position }: Item,
  log: Logger,
): Promise<SerializedResult> {
  const { data, errors } = await execute(operation, root, context, { maxAnswer: context.limits.maxAnswer });
  const passing = errors.find(mayPass);
  if (passing) throw passing;
  const text = resultText(data, errors, log);
  return { json: Buffer.from(text), id: positionIn(text), position };
}

const Positioned = z.object({ data: z.record(z.string(), z.looseObject({ position: z.string() })) });

/** The position that a result has: what its root field says; undefined where that was not selected. */
function positionIn(text: string): string | undefined {
  const found = text.includes('"position"') ? Positioned.safeParse(JSON.parse(text)) : undefined;
  return found?.success ? Object.values(found.data.data)[0]?.position : undefined;
}

/** Who shares a key is told the same, from whichever position they began. */
export function groupKey(operation: CheckedOperation, context: Context): string {
  const { number, start } = traitsOf(operation.document);
  const { [start]: _, ...variables } = operation.sent ?? {};
  const { id } = context.principal;
  // Readings of names are noted by who read them; grants are told to whom they were given.
  const own = context.may('personalNames') || context.scope instanceof Set ? id : '';
  return JSON.stringify([number, operation.operation.name?.value, variables, visibilityKey(context), own]);
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
