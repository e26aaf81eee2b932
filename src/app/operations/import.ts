import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SYSTEM } from '../../access/principals.js';
import { BY_SYSTEM } from '../../application/commands.js';
import { importRequest } from '../../application/importing.js';
import { refusalInBoth } from '../../application/refusalSentences.js';
import { OPERATOR } from '../../documents/isolated.js';
import type { DocumentFile } from '../../documents/tasks.js';
import type { Bilingual } from '../../domain/language.js';
import type { Refusal } from '../../domain/refusal.js';
import { globalId } from '../../graphql/ids.js';
import type { Services } from '../../graphql/services.js';
import { nothingImported } from '../bilingual.js';
import { whyUnread } from '../unreadDocument.js';
import { ColumnsRecord } from './columns.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** Schema of a draft that a document has become. */
export const ImportOutcome = z.object({ planId: z.string(), events: z.number(), activities: z.number() });

/** Imports a plan document as a draft, or abandons an interrupted import of the document. */
export const importDocument = operation({
  name: 'import',
  input: z.object({
    fileName: z.string(),
    content: z.string(),
    abandon: z.boolean(),
    organisation: z.string().nullable(),
    columns: ColumnsRecord,
    allowSecond: z.boolean(),
  }),
  progress: z.never(),
  result: ImportOutcome,
  open: {},
  writes: true,
  begins: () => true,
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services }, { content, fileName, organisation, ...input }) {
    const file = { bytes: Buffer.from(content, 'base64'), fileName, columns: input.columns };
    const organisationId = organisation && uuidOf(organisation, 'organisation');
    const imported = await importFile(services, { ...input, file, organisationId });
    if (imported.kind === 'refused') throw new OperationRefused(imported.message);
    const { planId, events, activities } = imported;
    return { planId, events, activities };
  },
});

/** The document to import, or the document whose interrupted import is to be abandoned. */
export interface FileToImport {
  readonly file: DocumentFile;
  readonly organisationId: string | null;
  readonly abandon: boolean;
  /** True to create a second plan from a document that was imported already. */
  readonly allowSecond: boolean;
}

/** The draft that a document has become, or why it has not. */
export type ImportedFile =
  | ({ readonly kind: 'drafted' } & z.infer<typeof ImportOutcome>)
  /** `planId` is the id of the existing plan; null if there is none. */
  | {
      readonly kind: 'refused';
      readonly code: Refusal['code'] | 'UNREADABLE';
      readonly planId: string | null;
      readonly message: Bilingual;
    };

/**
 * Imports a plan document as a draft, or abandons an interrupted import of the document. Ids in the result are those of
 * the API.
 */
export async function importFile(
  services: Services,
  { file, organisationId, abandon, allowSecond }: FileToImport,
): Promise<ImportedFile> {
  const request = await importRequest(
    (document) => services.documents.read({ ...document, columns: file.columns }, OPERATOR),
    ...([file.bytes, file.fileName, services.timeZone, organisationId] as const),
  );
  if ('problem' in request) {
    const message = nothingImported(whyUnread(request));
    return { kind: 'refused', code: 'UNREADABLE', planId: null, message };
  }
  const { sha256, plan, exportedFrom } = request;
  // Derived from the file, so that importing the file again continues an interrupted import.
  const importCommandId = allowSecond ? `import-${randomUUID()}` : `import-${sha256}`;
  const document = { sha256, plan, exportedFrom, organisationId, scope: SYSTEM.scope };
  // The command id is derived from the file alone. Several organisations may import the same file, so the id does not
  // identify a repeat.
  const command = { principal: SYSTEM, commandId: importCommandId, isRepeatable: false, allowsSecond: allowSecond };
  const target = await services.importTarget({ ...document, ...command });
  if (target.kind === 'refused') return refusedFile(target.refusal, target.planId);
  const { planId } = target;
  const result = await services.handler.handle({
    ...BY_SYSTEM,
    id: planId,
    ...(abandon
      ? { commandId: null, payload: null, command: () => ({ type: 'abandonImport', importCommandId }) }
      : {
          commandId: importCommandId,
          payload: {
            sha256,
            ...(organisationId === null ? {} : { organisation: globalId('organisation', organisationId) }),
          },
          command: request.command,
        }),
  });
  if (result.kind === 'refused') return refusedFile(result.refusal, planId);
  if (result.isRepeat) return refusedFile({ code: 'ALREADY_IMPORTED', field: null, params: {} }, planId);
  return {
    kind: 'drafted',
    planId: globalId('plan', planId),
    events: result.events.length,
    activities: abandon ? 0 : result.after.activities.size,
  };
}

function refusedFile({ code, field, params }: Refusal, ofPlan: string): ImportedFile {
  const planId = globalId('plan', ofPlan);
  const message = refusalInBoth({ code, field, params: { plan: planId, ...params } });
  return { kind: 'refused', code, planId, message };
}
