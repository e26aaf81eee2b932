import { z } from 'zod';
import { importRequest } from '../../application/importing.js';
import { refusalInBoth } from '../../application/wordings.js';
import { OPERATOR } from '../../documents/isolated.js';
import type { Refusal } from '../../domain/refusal.js';
import { globalId } from '../../graphql/ids.js';
import { SYSTEM } from '../principals.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** Schema of the result of an import. */
export const ImportOutcome = z.object({ planId: z.string(), events: z.number(), activities: z.number() });

/** Imports a plan document as a draft, or abandons an interrupted import of it. */
export const importDocument = operation({
  name: 'import',
  input: z.object({
    fileName: z.string(),
    content: z.string(),
    abandon: z.boolean(),
    organisation: z.string().nullable(),
  }),
  progress: z.never(),
  result: ImportOutcome,
  open: {},
  async *run({ services }, { fileName, content, abandon, organisation }) {
    const organisationId = organisation && uuidOf(organisation, 'organisation');
    const request = await importRequest(
      (file) => services.documents.read(file, OPERATOR),
      ...([Buffer.from(content, 'base64'), fileName, services.timeZone, organisationId] as const),
    );
    if ('problem' in request) throw new OperationRefused(`${request.problem}. Nothing was imported.`);
    const { sha256 } = request;
    const planId = await services.importId({ sha256, organisationId, scope: SYSTEM.scope });
    // The command id depends on the file only, so that importing the file again continues an interrupted import.
    const importCommandId = `import-${request.sha256}`;
    const circumstances = { expectedRevision: null, reason: null, basis: null, effectiveOn: null };
    const result = await services.handler.handle({
      ...circumstances,
      id: planId,
      principal: SYSTEM,
      ...(abandon
        ? { commandId: null, payload: null, command: () => ({ type: 'abandonImport', importCommandId }) }
        : {
            commandId: importCommandId,
            payload: { sha256: request.sha256, ...(organisation ? { organisation } : {}) },
            command: request.command,
          }),
    });
    const plan = globalId('plan', planId);
    if (result.kind === 'refused' || result.isRepeat) {
      const { code, field, params }: Refusal =
        result.kind === 'refused' ? result.refusal : { code: 'ALREADY_IMPORTED', field: null, params: {} };
      const refusal = { code, field, params: { plan, ...params } };
      throw new OperationRefused(refusalInBoth(refusal));
    }
    return { planId: plan, events: result.events.length, activities: abandon ? 0 : result.after.activities.size };
  },
});
