import { type DocumentNode, Kind, visit } from 'graphql';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { NativePosition } from '../../engine/eventstore/port.js';
import { visibilityKey } from '../answers/visibility.js';
import type { Context } from '../context.js';
import { extended, resultText } from '../request/answer.js';
import type { CheckedOperation } from '../request/document.js';
import { execute } from '../request/execute.js';
import { mayRetry } from '../request/faults.js';
import { warningsIn } from '../request/warnings.js';
import type { SubscriptionItem } from './source.js';

/** A serialized result, shared by all subscribers of a group. */
export interface SerializedResult {
  /** The execution result as JSON. */
  readonly json: Buffer;
  /** Position token in the result; undefined when the operation does not select it. */
  readonly id: string | undefined;
  readonly position: NativePosition;
}

/** The result for one item. */
export interface ItemResult extends SerializedResult {
  /** True when the result carries warnings, which may not apply later. */
  readonly isWarned: boolean;
}

/**
 * Executes a subscription for one item.
 *
 * @throws GraphQLError when a store is unavailable: the client can resume after its last result without losing any.
 */
export async function executeForItem(
  operation: CheckedOperation,
  context: Context,
  { root, position }: SubscriptionItem,
  log: Logger,
): Promise<ItemResult> {
  const { data, errors } = await execute(operation, root, context);
  const passing = errors.find(mayRetry);
  if (passing) throw passing;
  const text = resultText(data, errors, log);
  const warnings = warningsIn(context);
  const json = Buffer.from(extended(text, warnings));
  return { json, id: positionIn(text), position, isWarned: Object.keys(warnings).length > 0 };
}

const Positioned = z.object({ data: z.record(z.string(), z.looseObject({ position: z.string() })) });

/** Returns the position token of the root field of a result; undefined when it was not selected. */
function positionIn(text: string): string | undefined {
  const found = text.includes('"position"') ? Positioned.safeParse(JSON.parse(text)) : undefined;
  return found?.success ? Object.values(found.data.data)[0]?.position : undefined;
}

/**
 * Returns the key of a group. Subscriptions with the same key receive the same results, from whichever position they
 * start.
 */
export function groupKey(operation: CheckedOperation, context: Context): string {
  const { number, start } = traitsOf(operation.document);
  const { [start]: _, ...variables } = operation.sent ?? {};
  const { id } = context.principal;
  // Callers who may read names are separate, because each reading is recorded with its reader. Callers with individual
  // grants are separate, because grants are delivered to their holder only.
  const own = context.may('personalNames') || context.scope instanceof Set ? id : '';
  return JSON.stringify([number, operation.operation.name?.value, variables, visibilityKey(context), own]);
}

interface Traits {
  /** Unique number of a GraphQL document within this process. */
  readonly number: number;
  /** The variable that is used only for `resumeAfter`; empty if there is none. */
  readonly start: string;
}

const traits = new WeakMap<DocumentNode, Traits>();
let groupCount = 0;

function traitsOf(document: DocumentNode): Traits {
  const known = traits.get(document);
  if (known) return known;
  groupCount += 1;
  const found = { number: groupCount, start: startIn(document) };
  traits.set(document, found);
  return found;
}

function startIn(document: DocumentNode): string {
  const uses: string[] = [];
  let start = '';
  visit(document, {
    VariableDefinition: () => false,
    Argument: ({ name, value }) => {
      if (name.value === 'resumeAfter' && value.kind === Kind.VARIABLE) start = value.name.value;
    },
    Variable: ({ name }) => {
      uses.push(name.value);
    },
  });
  return uses.filter((name) => name === start).length === 1 ? start : '';
}
