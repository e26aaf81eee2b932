import type { NativePosition } from '../../engine/eventstore/port.js';
import type { Services } from '../../graphql/services.js';
import { OperationRefused } from './operation.js';

/**
 * How long an operation waits for the read models, in milliseconds: less than the command line waits for the server.
 */
const CAUGHT_UP_MS = 50_000;

/** How long an operation waits until the read models show what it wrote, in milliseconds. */
const WRITTEN_SHOWN_MS = 1_000;

/** Waits until the read models contain every event that is stored now. @throws OperationRefused after a time limit. */
export async function freshReadModels({ runner, events }: Pick<Services, 'runner' | 'events'>): Promise<void> {
  if (await runner.catchUp(await events.head(), CAUGHT_UP_MS)) return;
  throw new OperationRefused({
    ru: 'представления ещё догоняют летопись: npx letopis status покажет, докуда дошли; повторите позже',
    en: 'the read models are still catching up with the chronicle: `npx letopis status` shows how far they are; try again later',
  });
}

/**
 * Waits until the read models contain the events that an operation wrote, so that the next command of a script reads them.
 * Returns also when they do not reach the events in time: the events are stored.
 */
export async function showWritten(
  { runner }: Pick<Services, 'runner'>,
  events: readonly { readonly position: NativePosition }[],
): Promise<void> {
  const last = events.at(-1);
  if (last) await runner.waitFor(last.position, WRITTEN_SHOWN_MS);
}
