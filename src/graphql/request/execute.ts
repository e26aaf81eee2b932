import type { GraphQLError } from 'graphql';
import type { Context } from '../context.js';
import type { Deadline } from '../executor/deadline.js';
import { type ExecutableOperation, type Executed, executed } from '../executor/executor.js';
import { Meter } from '../executor/meter.js';
import { turns } from '../executor/turns.js';
import type { Share } from '../limits/budget.js';
import { asGraphQLError } from './faults.js';

/** Within what an operation is executed. */
export interface ExecutionBounds {
  /** Most characters of the answer. */
  readonly maxAnswer: number;
  /** Until when it is to be answered; undefined: it is never given up in the middle. */
  readonly deadline?: Deadline | undefined;
  readonly share?: Share | undefined;
}

/**
 * The stage of the executor: executes an operation, once. It ends at the limits of size and time, whatever it waits for; what still runs
 * for it then ends at its next step.
 */
export async function execute(
  operation: ExecutableOperation,
  root: unknown,
  context: Context,
  { maxAnswer, deadline, share }: ExecutionBounds,
): Promise<Executed> {
  const meter = new Meter({
    turns,
    owner: context.owner,
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
