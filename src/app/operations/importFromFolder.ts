import { z } from 'zod';
import type { Bilingual } from '../../domain/language.js';
import { normalName } from '../../domain/parties.js';
import { bodyOf } from '../../engine/projections/readModel.js';
import { documentPages } from '../../engine/readstore/pages.js';
import { globalId } from '../../graphql/ids.js';
import type { Services } from '../../graphql/services.js';
import { organisations } from '../../projections/organisations.js';
import { BilingualRecord } from '../bilingual.js';
import { type ImportedFile, ImportOutcome, importFile } from './import.js';
import { operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** Time in which the read models may catch up with new organisations, in milliseconds. */
const ORGANISATIONS_SHOWN_MS = 5_000;
const ORGANISATIONS_PAGE = 500;

/** Schema of the result of one file of a folder. */
export const FolderItem = z.discriminatedUnion('kind', [
  ImportOutcome.extend({ kind: z.literal('drafted'), organisation: z.string() }),
  z.object({ kind: z.literal('ready'), organisation: z.string() }),
  z.object({ kind: z.literal('present'), planId: z.string(), organisation: z.string() }),
  z.object({ kind: z.literal('refused'), message: BilingualRecord }),
]);

/**
 * Imports one file of a folder into an organisation that is given by its id or by names, which are tried in order. The
 * result is `present` for a file that was imported earlier, and `ready` with `dryRun`, which imports nothing.
 */
export const importFromFolder = operation({
  name: 'import-from-folder',
  input: z.object({
    fileName: z.string(),
    content: z.string(),
    /** Id of the API, or null to go by the names. */
    organisation: z.string().nullable(),
    names: z.array(z.string()),
    dryRun: z.boolean(),
  }),
  progress: z.never(),
  /** `organisationId` is the organisation with whose wordings the file is read; null when it is not known. */
  result: z.object({ organisationId: z.string().nullable(), item: FolderItem }),
  open: {},
  writes: true,
  begins: ({ dryRun }) => !dryRun,
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services }, { fileName, content, organisation, names, dryRun }) {
    const found = await organisationFor(services, organisation, names);
    if ('problem' in found) return { organisationId: null, item: { kind: 'refused', message: found.problem } as const };
    const { organisationId: id, name } = found;
    const organisationId = globalId('organisation', id);
    if (dryRun) return { organisationId, item: { kind: 'ready', organisation: name } as const };
    const file = { bytes: Buffer.from(content, 'base64'), fileName };
    const imported = await importFile(services, { file, organisationId: id, abandon: false, allowSecond: false });
    return { organisationId, item: folderItem(imported, name) };
  },
});

function folderItem(imported: ImportedFile, organisation: string): z.infer<typeof FolderItem> {
  if (imported.kind === 'drafted') return { ...imported, organisation };
  const { code, planId, message } = imported;
  return code === 'ALREADY_IMPORTED' && planId !== null
    ? { kind: 'present', planId, organisation }
    : { kind: 'refused', message };
}

/** An organisation, or why it is not known which one is meant. */
type FoundOrganisation = { readonly organisationId: string; readonly name: string } | { readonly problem: Bilingual };

async function organisationFor(
  { store, runner, events }: Services,
  id: string | null,
  names: readonly string[],
): Promise<FoundOrganisation> {
  await runner.waitFor(await events.head(), ORGANISATIONS_SHOWN_MS);
  const spec = runner.live(organisations.spec);
  if (id !== null) {
    const organisationId = uuidOf(id, 'organisation');
    const [document] = await store.get(spec, [organisationId]);
    if (document) return { organisationId, name: bodyOf(organisations, document).name };
    return { problem: { ru: `организации ${id} нет`, en: `there is no organisation ${id}` } };
  }
  const all = [];
  for await (const { documents } of documentPages(store, spec, { filter: [], order: [], limit: ORGANISATIONS_PAGE })) {
    all.push(...documents.map((document) => bodyOf(organisations, document)));
  }
  for (const name of names) {
    const wanted = normalName(name);
    const [first, ...more] = all.filter((each) => normalName(each.name) === wanted);
    if (first && more.length > 0) {
      return {
        problem: {
          ru: `так называется несколько организаций: «${name}»; впишите id одной из них в таблицу соответствий`,
          en: `several organisations are named «${name}»: put the id of one into the mapping`,
        },
      };
    }
    if (first) return first;
  }
  const quoted = names.map((name) => `«${name}»`);
  return {
    problem: {
      ru: `организации ${quoted.join(' или ')} нет: зарегистрируйте её или впишите файл в таблицу соответствий`,
      en: `no organisation is named ${quoted.join(' or ')}: register it, or put the file into the mapping`,
    },
  };
}
