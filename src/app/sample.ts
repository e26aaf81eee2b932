import { readFile } from 'node:fs/promises';
import { BY_SYSTEM, type CommandOutcome, importedPlanId } from '../application/commands.js';
import { importRequest } from '../application/importing.js';
import { readDocument } from '../documents/read.js';
import type { PlanCommand } from '../domain/plan/catalogue.js';
import type { Seal } from '../engine/vault/sealedText.js';
import type { Services } from '../graphql/services.js';
import type { Letopis } from './compose.js';

const SAMPLE_FILE = new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url);
const SAMPLE_NAME = 'buzuluk-2020-2021.txt';

/**
 * Imports the sample plan into an empty chronicle and confirms its printed approval, as the system. After a crash
 * between the two steps a repeat does the second step only.
 */
export async function provideSample({ services }: Letopis): Promise<void> {
  const request = await importRequest(
    ({ bytes, fileName }) => readDocument(bytes, fileName),
    await readFile(SAMPLE_FILE),
    SAMPLE_NAME,
    services.timeZone,
  );
  if ('problem' in request) throw new Error(`the sample plan is damaged: ${request.problem}`);
  const planId = importedPlanId(request.sha256);
  const { sha256 } = request;
  await giveSampleCommand(services, planId, 'sample-import', { sha256 }, null, request.command);
  await giveSampleCommand(services, planId, 'sample-approval', { date: null }, 'подлинник на бумаге', () => ({
    type: 'confirmPrintedApproval',
    date: null,
    underControlFrom: '2020-09-01',
  }));
}

async function giveSampleCommand(
  services: Services,
  planId: string,
  commandId: string,
  payload: unknown,
  reason: string | null,
  command: (seal: Seal) => PlanCommand,
): Promise<CommandOutcome> {
  const result = await services.handler.handle({ ...BY_SYSTEM, id: planId, commandId, payload, reason, command });
  if (result.kind === 'refused') throw new Error(`the sample plan was refused: ${result.refusal.code}`);
  return result;
}
