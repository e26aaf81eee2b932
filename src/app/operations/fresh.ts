import type { Services } from '../../graphql/services.js';
import { OperationRefused } from './operation.js';

/**
 * How long an operation waits for the read models, in milliseconds: less than the command line waits for the server.
 */
const CAUGHT_UP_MS = 50_000;

/** Waits until the read models contain every event that is stored now. @throws OperationRefused after a time limit. */
export async function freshReadModels({ runner, events }: Pick<Services, 'runner' | 'events'>): Promise<void> {
  if (await runner.catchUp(await events.head(), CAUGHT_UP_MS)) return;
  throw new OperationRefused({
    ru: 'представления ещё догоняют летопись: npx letopis status покажет, докуда дошли; повторите позже',
    en: 'the read models are still catching up with the chronicle: `npx letopis status` shows how far they are; try again later',
  });
}
