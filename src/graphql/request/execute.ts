import type { GraphQLError } from 'graphql';
import type { Context } from '../context.js';
import { type ExecutableOperation, type ExecutedOperation, executed } from '../executor/executor.js';
import { Meter } from '../executor/meter.js';
import { turns } from '../executor/turns.js';
import { asGraphQLError } from './faults.js';

/**
 * The execution stage: executes an operation once. Returns at the size limit or the time limit at the latest; resolvers
 * that still run stop at their next step.
 */
export async function execute(
  operation: ExecutableOperation,
  root: unknown,
  context: Context,
): Promise<ExecutedOperation> {
  const { task, deadline, share } = context.execution;
  const meter = new Meter({
    turns,
    task,
    deadline,
    maxAnswer: context.limits.maxAnswer,
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
