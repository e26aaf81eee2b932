import type { Services } from '../../graphql/services.js';

/** How long an operation waits until the read models show what it wrote, in milliseconds. */
const WRITTEN_SHOWN_MS = 1_000;

/**
 * Waits until the read models contain what an operation wrote, so that the next command of a script reads it. Returns
 * also when they do not reach it in time: the events are stored.
 */
export async function showWritten({ runner, events }: Pick<Services, 'runner' | 'events'>): Promise<void> {
  await runner.waitFor(await events.head(), WRITTEN_SHOWN_MS);
}
