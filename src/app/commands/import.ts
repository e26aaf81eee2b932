import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { importRequest } from '../../application/importing.js';
import { checkDocumentSize, documentThreads, OPERATOR } from '../../documents/isolated.js';
import { type FolderEntry, folderPage } from '../../documents/printing/folderPage.js';
import { previewOf } from '../../documents/printing/preview.js';
import { previewPage } from '../../documents/printing/previewPage.js';
import { statedColumnsFrom } from '../../documents/statedColumns.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { UnreadableDocument } from '../../documents/unreadable.js';
import { withOperations } from '../admin/client.js';
import { nothingImported, prefixed } from '../bilingual.js';
import type { Config } from '../config.js';
import { importDocument } from '../operations/import.js';
import { OperationRefused } from '../operations/operation.js';
import { organisationReadings } from '../operations/organisationReadings.js';
import { reviseFromDocument } from '../operations/revise.js';
import { previewText } from '../print.js';
import { whyUnread } from '../unreadDocument.js';
import { importFolder, readMapping } from './folder.js';
import { checkOutput, OVERWRITE, writeOutput } from './outputFile.js';
import { PLAN_NAMED, planIdFrom } from './planNamed.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ImportFlags extends Flags {
  readonly dryRun?: boolean;
  readonly abandon?: boolean;
  readonly json?: boolean;
  readonly html?: boolean;
  readonly organisation?: string;
  readonly into?: string;
  readonly columns?: string;
  readonly allowSecond?: boolean;
  readonly organisations?: string;
  readonly report?: string;
  readonly overwrite?: boolean;
}

/** Adds `letopis import`, which makes drafts from a plan document or from all documents of a folder. */
export function importCommand(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .description(
      'import a plan document, or each document of a folder, as a draft; uses the running server, or the files',
    )
    .argument(
      '<file or folder>',
      'a plan as docx, xlsx, odt, ods, rtf, doc, xls, html, csv or plain text, of 10 MB at most unless LETOPIS_MAX_UPLOAD says otherwise; or a folder of up to 1000 plans',
    )
    .option('--dry-run', 'print what would be created, and create nothing')
    .option('--organisation <id>', 'the organisation that keeps the plan, as the API gives it')
    .option(
      '--into <plan>',
      `correct this draft (${PLAN_NAMED}): print what differs, and change it unless --dry-run is given`,
    )
    .option(
      '--columns <columns>',
      'which columns are what, such as activity=2,time=4, for a document without such headings',
    )
    .option('--allow-second', 'make a second plan although there is one of this file, or of this title and period')
    .option('--organisations <file>', 'for a folder: rows of a file, folder or institution; organisation')
    .option('--report <file>', 'for a folder: where the report is written', 'letopis-import.html')
    .option(...OVERWRITE)
    .option('--abandon', 'abandon an interrupted import of this file')
    .option('--json', 'print as JSON')
    .option('--html', 'with --dry-run: print an HTML page for a browser')
    .option(...DATA)
    .action((file: string, flags: ImportFlags) => runImport(terminal, file, flags));
}

async function runImport(terminal: Terminal, file: string, flags: ImportFlags): Promise<void> {
  const config = terminal.config(flags);
  if (await isFolder(file)) return runFolder(terminal, file, config, flags);
  const bytes = await uploadedFile(file, config.LETOPIS_MAX_UPLOAD);
  const columns = flags.columns === undefined ? null : statedColumnsFrom(flags.columns);
  if (flags.into !== undefined)
    return revise(terminal, { fileName: basename(file), bytes, columns }, flags.into, flags);
  const documents = documentThreads(config.LETOPIS_MAX_UPLOAD, { soffice: config.LETOPIS_SOFFICE });
  const request = await importRequest(
    (document) => documents.read({ ...document, columns }, OPERATOR),
    bytes,
    basename(file),
    config.LETOPIS_TIMEZONE,
  );
  if ('problem' in request) throw notImported(file, request);
  const { abandon = false, organisation = null, allowSecond = false } = flags;
  const preview = previewOf(
    request.plan,
    organisation === null
      ? null
      : await terminal.perform(flags, organisationReadings, { organisationId: organisation }),
  );
  if (flags.dryRun) {
    if (flags.html) terminal.say(previewPage(preview));
    else terminal.say(flags.json ? JSON.stringify(preview, null, 1) : previewText(preview, terminal.language));
    return;
  }
  const content = bytes.toString('base64');
  const input = { fileName: basename(file), content, abandon, organisation, columns, allowSecond };
  const outcome = await terminal.perform(flags, importDocument, input).catch((error: unknown) => {
    throw error instanceof OperationRefused ? error.about(`${file}: `) : error;
  });
  if (flags.json) terminal.say(JSON.stringify(outcome));
  else if (input.abandon) terminal.say({ ru: `Загрузка отменена: ${file}`, en: `Import given up: ${file}` });
  else {
    terminal.say(previewText(preview, terminal.language));
    const { planId, events } = outcome;
    terminal.say({ ru: `План ${planId}: событий ${events}`, en: `Plan ${planId}: ${events} events` });
  }
}

async function revise(
  terminal: Terminal,
  { fileName, bytes, columns = null }: DocumentFile,
  plan: string,
  flags: ImportFlags,
): Promise<void> {
  const { dryRun = false } = flags;
  const input = {
    fileName,
    content: Buffer.from(bytes).toString('base64'),
    columns,
    dryRun,
    language: terminal.language,
  };
  const config = terminal.config(flags);
  const outcome = await withOperations(config, terminal.logger(config), async (run) =>
    run(reviseFromDocument, { ...input, planId: await planIdFrom(run, plan) }),
  ).catch((error: unknown) => {
    throw error instanceof OperationRefused ? error.about(`${fileName}: `) : error;
  });
  if (flags.json) terminal.say(JSON.stringify(outcome));
  else if (outcome.differences.length === 0) terminal.say({ ru: 'Различий нет', en: 'Nothing differs' });
  else {
    for (const difference of outcome.differences) terminal.say(difference);
    if (!dryRun) terminal.say({ ru: `Событий: ${outcome.events}`, en: `Events: ${outcome.events}` });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function runFolder(terminal: Terminal, folder: string, config: Config, flags: ImportFlags): Promise<void> {
  const { organisation = null, organisations, report = 'letopis-import.html', dryRun = false } = flags;
  const output = { path: report, overwrite: flags.overwrite ?? false };
  const foreign = OF_ONE_DOCUMENT.find(([name]) => flags[name] !== undefined);
  if (foreign) {
    const [, flag] = foreign;
    throw new OperationRefused({
      ru: `${flag} — для одного документа: укажите путь к файлу`,
      en: `${flag} is about one document: give the path of a file`,
    });
  }
  await checkOutput(output);
  const mapping = organisations === undefined ? new Map() : readMapping(await readFile(organisations, 'utf8'));
  const omitted = new Set(
    [report, ...(organisations === undefined ? [] : [organisations])].map((path) => resolve(path)),
  );
  const documents = documentThreads(config.LETOPIS_MAX_UPLOAD, { soffice: config.LETOPIS_SOFFICE });
  const { language } = terminal;
  const progress = terminal.progressLine();
  const tell = (done: number, of: number, name: string) => progress.show(`${done + 1}/${of} ${name}`);
  const entries = await withOperations(config, terminal.logger(config), (run) =>
    importFolder(resolve(folder), { config, documents, run, organisation, mapping, dryRun, omitted, tell, language }),
  );
  progress.end();
  const now = new Date().toISOString();
  const page = folderPage(basename(resolve(folder)), entries, now, config.LETOPIS_TIMEZONE);
  await writeOutput(output, (put) => put(page));
  const count = (kind: FolderEntry['outcome']['kind']) => entries.filter(({ outcome }) => outcome.kind === kind).length;
  if (flags.json) terminal.say(JSON.stringify(entries.map(({ file, outcome }) => ({ file, ...outcome }))));
  else {
    const [drafted, present, ready, refused] = [count('drafted'), count('present'), count('ready'), count('refused')];
    terminal.say({
      ru: `Создано: ${drafted}, загружено раньше: ${present}, будет загружено: ${ready}, отказано: ${refused}`,
      en: `Drafted: ${drafted}, present already: ${present}, ready to import: ${ready}, refused: ${refused}`,
    });
    terminal.say({ ru: `Отчёт: ${report}`, en: `Report: ${report}` });
  }
}

/** Flags that a folder does not take. */
const OF_ONE_DOCUMENT = [
  ['into', '--into'],
  ['abandon', '--abandon'],
  ['columns', '--columns'],
  ['allowSecond', '--allow-second'],
] as const;

function notImported(file: string, unread: Parameters<typeof whyUnread>[0]): OperationRefused {
  return new OperationRefused(nothingImported(prefixed(`${file}: `, whyUnread(unread))));
}

async function uploadedFile(file: string, maxBytes: number): Promise<Buffer> {
  try {
    // Checked before reading, so that a file that is too large is not loaded.
    checkDocumentSize((await stat(file)).size, maxBytes);
    return await readFile(file);
  } catch (error) {
    if (error instanceof UnreadableDocument) throw notImported(file, error);
    throw new OperationRefused(
      {
        ru: `${file} не читается: укажите путь к документу плана`,
        en: `${file} cannot be read: give the path of a plan document`,
      },
      { cause: error },
    );
  }
}
