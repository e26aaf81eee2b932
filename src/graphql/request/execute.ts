import type { GraphQLError } from 'graphql';
import type { Context } from '../context.js';
import type { Deadline } from '../executor/deadline.js';
import { type ExecutableOperation, type ExecutedOperation, executed } from '../executor/executor.js';
import { Meter } from '../executor/meter.js';
import { turns } from '../executor/turns.js';
import type { RequestShare } from '../limits/budget.js';
import { asGraphQLError } from './faults.js';

/** The limits of one execution. */
export interface ExecutionBounds {
  /** Largest answer, in characters. */
  readonly maxAnswer: number;
  /** The time limit; undefined for operations that are never aborted. */
  readonly deadline?: Deadline | undefined;
  readonly share?: RequestShare | undefined;
}

/**
 * The execution stage: executes an operation once. Returns at the size limit or the time limit at the latest; resolvers
 * that still run stop at their next step.
 */
export async function execute(
  operation: ExecutableOperation,
  root: unknown,
  context: Context,
  { maxAnswer, deadline, share }: ExecutionBounds,
): Promise<ExecutedOperation> {
  const meter = new Meter({
    turns,
    owner: context.execution.owner,
    deadline,
    maxAnswer,
    room: share && ((characters) => share.room(characters)),
  });
  const work = executed(operation, { root, context, meter });
  if (!deadline) return work;
  try {
    return await deadline.race(work);
  } catch (error) {
    const reason: GraphQLError = asGraphQLError(error);
    return { data: 'null', errors: [meter.end(reason)] };
  }
}
