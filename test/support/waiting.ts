import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';

/**
 * Maximum time that tests wait, in milliseconds: less than their timeout, so that the error names the missing
 * condition.
 */
export const PATIENCE_MS = 80_000;

/** Waits until a condition holds, and checks it at a fixed interval. */
export async function until(condition: () => boolean | Promise<boolean>, everyMs = 2): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`this did not hold within ${PATIENCE_MS} ms: ${condition}`);
    await pause(everyMs);
  }
}

/** Waits until a runner has everything that the event store has now. */
export async function caughtUp(of: {
  readonly runner: ProjectionRunner;
  readonly events: Pick<EventStore, 'head'>;
}): Promise<void> {
  const { runner, events } = of;
  const head = await events.head();
  if (!(await runner.waitFor(head, PATIENCE_MS))) throw new Error(`the read models did not reach ${head}`);
}

/** Stops the read models between two batches. The returned function starts them again, and may be called twice. */
export function pauseReadModels(runner: ProjectionRunner): () => Promise<void> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const pausing = runner.exclusively(() => ended);
  return async () => {
    end();
    await pausing;
  };
}

/**
 * Returns the status of an address. Reads the answer to its end, because a stopping server waits for clients that do
 * not.
 */
export async function statusOf(address: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const response = await fetch(address, { headers });
  await response.arrayBuffer();
  return response.status;
}
