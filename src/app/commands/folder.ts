import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { importRequest } from '../../application/importing.js';
import { checkDocumentSize, type DocumentThreads, OPERATOR } from '../../documents/isolated.js';
import type { FolderEntry } from '../../documents/printing/folderPage.js';
import { previewOf } from '../../documents/printing/preview.js';
import { UnreadableDocument } from '../../documents/unreadable.js';
import type { Bilingual, Language } from '../../domain/language.js';
import type { ReadingOrganisation } from '../../domain/organisation/ownWordings.js';
import { normalName } from '../../domain/parties.js';
import type { RunOperation } from '../admin/client.js';
import { inOneLanguage } from '../bilingual.js';
import type { Config } from '../config.js';
import { type FolderItem, importFromFolder } from '../operations/importFromFolder.js';
import { OperationRefused } from '../operations/operation.js';
import { organisationReadings } from '../operations/organisationReadings.js';
import { whyUnread } from '../unreadDocument.js';

/** Maximum number of files of a folder. */
const MAX_FILES = 1_000;
/** Files that office programs and systems leave behind. */
const LEFT_BEHIND = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)/i;

/** Options of the import of a folder. */
export interface FolderImport {
  readonly config: Config;
  readonly documents: DocumentThreads;
  readonly run: RunOperation;
  /** Id of the organisation that gets all plans; null to go by the mapping and the headings. */
  readonly organisation: string | null;
  /** Language of the messages in the result. */
  readonly language: Language;
  /** Organisation ids by file, folder and institution, see {@link readMapping}. */
  readonly mapping: ReadonlyMap<string, string>;
  readonly dryRun: boolean;
  /** Files that are not imported, such as an earlier report. */
  readonly omitted: ReadonlySet<string>;
  /** Called before each file. */
  readonly tell: (done: number, of: number, file: string) => void;
}

/**
 * Imports each file of a folder and its subfolders, in the order of their names. Returns the result of each file. A
 * repeated import skips files that were imported before.
 *
 * @throws OperationRefused when the folder has too many files; Error when it cannot be read.
 */
export async function importFolder(directory: string, options: FolderImport): Promise<FolderEntry[]> {
  const files = (await documentsIn(directory)).filter((file) => !options.omitted.has(file));
  if (files.length > MAX_FILES)
    throw new OperationRefused({
      ru: `в папке ${directory} файлов: ${files.length}, а загружается не больше ${MAX_FILES}: разделите её`,
      en: `${directory} has ${files.length} files, and at most ${MAX_FILES} are imported: split it`,
    });
  const entries: FolderEntry[] = [];
  const readings = readingsOnce(options.run);
  for (const [index, file] of files.entries()) {
    const name = relative(directory, file);
    options.tell(index, files.length, name);
    entries.push(await importedEntry(file, name, options, readings));
  }
  return entries;
}

/** Returns what the reading of timeframes needs of an organisation, by its id. */
type Readings = (organisationId: string) => Promise<ReadingOrganisation>;

/** Reads each organisation once. */
function readingsOnce(run: RunOperation): Readings {
  const known = new Map<string, Promise<ReadingOrganisation>>();
  return (organisationId) => {
    const found = known.get(organisationId) ?? run(organisationReadings, { organisationId });
    known.set(organisationId, found);
    return found;
  };
}

async function importedEntry(
  file: string,
  name: string,
  options: FolderImport,
  readings: Readings,
): Promise<FolderEntry> {
  const { config, documents, run, organisation, mapping, dryRun, language } = options;
  const refused = (message: string | Bilingual): FolderEntry => ({
    file: name,
    preview: null,
    outcome: { kind: 'refused', message: inOneLanguage(message, language) },
  });
  try {
    checkDocumentSize((await lstat(file)).size, config.LETOPIS_MAX_UPLOAD);
    const bytes = await readFile(file);
    const request = await importRequest(
      (document) => documents.read(document, OPERATOR),
      ...([bytes, basename(file), config.LETOPIS_TIMEZONE] as const),
    );
    if ('problem' in request) return refused(whyUnread(request));
    const { plan } = request;
    const headings = [...new Set([plan.institution ?? '', plan.ownerUnit])].filter((text) => text !== '');
    const mapped = mappedTo(mapping, name, headings);
    const isId = mapped?.startsWith('organisation_') ?? false;
    const { organisationId, item } = await run(importFromFolder, {
      fileName: basename(file),
      content: bytes.toString('base64'),
      dryRun,
      organisation: organisation ?? (mapped !== undefined && isId ? mapped : null),
      names: mapped === undefined ? headings : [mapped],
    });
    const reading = organisationId === null ? null : await readings(organisationId);
    return { file: name, preview: previewOf(plan, reading), outcome: inLanguage(item, language) };
  } catch (error) {
    if (error instanceof OperationRefused) return refused(error.text);
    if (error instanceof UnreadableDocument) return refused(whyUnread(error));
    throw error;
  }
}

function inLanguage(outcome: z.infer<typeof FolderItem>, language: Language): FolderEntry['outcome'] {
  return outcome.kind === 'refused' ? { kind: 'refused', message: inOneLanguage(outcome.message, language) } : outcome;
}

async function documentsIn(directory: string): Promise<string[]> {
  const found = await readdir(directory, { withFileTypes: true });
  const names = found.filter(({ name }) => !LEFT_BEHIND.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of names) {
    const path = join(directory, entry.name);
    // Links are not followed: they may lead out of the folder, or back into it.
    if (entry.isDirectory()) files.push(...(await documentsIn(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/**
 * Returns the organisations of a mapping file: separated values, in each row a file, a folder or an institution as a
 * heading names it, then the organisation by its id or name.
 *
 * @throws OperationRefused when a row does not have two values.
 */
export function readMapping(text: string): ReadonlyMap<string, string> {
  const rows: string[][] = parse(text, { bom: true, delimiter: [';', ',', '\t'], trim: true, skip_empty_lines: true });
  return new Map(
    rows.map((row, index) => {
      const [from, to, ...more] = row;
      if (!from || !to || more.some((cell) => cell !== '')) {
        throw new OperationRefused({
          ru: `строка ${index + 1} таблицы соответствий: нужны два значения — файл или учреждение и его организация`,
          en: `row ${index + 1} of the mapping: two values are needed, a file or institution and its organisation`,
        });
      }
      return [normalName(from), to] as const;
    }),
  );
}

/** Returns the organisation of a file: by its path, its name, a folder above it, or an institution in its heading. */
function mappedTo(mapping: ReadonlyMap<string, string>, name: string, headings: readonly string[]): string | undefined {
  const parts = name.split(sep);
  const folders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
  const keys = [parts.join('/'), basename(name), ...folders.reverse(), ...headings].map(normalName);
  return keys.map((key) => mapping.get(key)).find((organisation) => organisation !== undefined);
}
