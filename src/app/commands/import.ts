import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { importRequest } from '../../application/importing.js';
import { checkDocumentSize, documentThreads, OPERATOR } from '../../documents/isolated.js';
import { previewOf } from '../../documents/printing/preview.js';
import { previewPage } from '../../documents/printing/previewPage.js';
import { UnreadableDocument } from '../../documents/unreadable.js';
import { importDocument } from '../operations/import.js';
import { OperationRefused } from '../operations/operation.js';
import { reviseFromDocument } from '../operations/revise.js';
import { previewText } from '../print.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ImportFlags extends Flags {
  readonly dryRun?: boolean;
  readonly abandon?: boolean;
  readonly json?: boolean;
  readonly html?: boolean;
  readonly organisation?: string;
  readonly into?: string;
}

/** Adds `letopis import`. */
export function importCommand(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .description('import a plan document as a draft; uses the running server, or the files')
    .argument('<file>', 'a plan as docx, xlsx, html, csv or plain text')
    .option('--dry-run', 'print what would be created, and create nothing')
    .option('--organisation <id>', 'the organisation that keeps the plan, as the API gives it')
    .option('--into <plan>', 'correct this draft: print what differs, and change it unless --dry-run is given')
    .option('--abandon', 'abandon an interrupted import of this file')
    .option('--json', 'print as JSON')
    .option('--html', 'with --dry-run: print an HTML page for a browser')
    .option(...DATA)
    .action((file: string, flags: ImportFlags) => runImport(terminal, file, flags));
}

async function runImport(terminal: Terminal, file: string, flags: ImportFlags): Promise<void> {
  const config = terminal.config(flags);
  const bytes = await uploadedFile(file, config.LETOPIS_MAX_UPLOAD);
  if (flags.into !== undefined) return revise(terminal, file, bytes, flags.into, flags);
  const documents = documentThreads(config.LETOPIS_MAX_UPLOAD);
  const request = await importRequest(
    (file) => documents.read(file, OPERATOR),
    bytes,
    basename(file),
    config.LETOPIS_TIMEZONE,
  );
  if ('problem' in request) throw new Error(`${file}: ${request.problem}. Nothing was imported.`);
  const preview = previewOf(request.plan);
  if (flags.dryRun) {
    if (flags.html) terminal.say(previewPage(preview));
    else terminal.say(flags.json ? JSON.stringify(preview, null, 1) : previewText(preview));
    return;
  }
  const { abandon = false, organisation = null } = flags;
  const input = { fileName: basename(file), content: bytes.toString('base64'), abandon, organisation };
  const outcome = await terminal.perform(flags, importDocument, input).catch((error: unknown) => {
    throw error instanceof OperationRefused ? new Error(`${file}: ${error.message}`) : error;
  });
  if (flags.json) terminal.say(JSON.stringify(outcome));
  else if (input.abandon) terminal.say(`Загрузка отменена / import given up: ${file}`);
  else terminal.say(`${previewText(preview)}\nПлан ${outcome.planId}: ${outcome.events} событий / events`);
}

async function revise(
  terminal: Terminal,
  file: string,
  bytes: Buffer,
  planId: string,
  flags: ImportFlags,
): Promise<void> {
  const { dryRun = false } = flags;
  const input = { planId, fileName: basename(file), content: bytes.toString('base64'), dryRun };
  const outcome = await terminal.perform(flags, reviseFromDocument, input).catch((error: unknown) => {
    throw error instanceof OperationRefused ? new Error(`${file}: ${error.message}`) : error;
  });
  if (flags.json) terminal.say(JSON.stringify(outcome));
  else if (outcome.differences.length === 0) terminal.say('Различий нет / nothing differs');
  else terminal.say([...outcome.differences, dryRun ? '' : `${outcome.events} событий / events`].join('\n').trimEnd());
}

async function uploadedFile(file: string, maxBytes: number): Promise<Buffer> {
  try {
    // Checked before reading, so that a file that is too large is not loaded.
    checkDocumentSize((await stat(file)).size, maxBytes);
    return await readFile(file);
  } catch (error) {
    if (error instanceof UnreadableDocument) throw new Error(`${file}: ${error.message}. Nothing was imported.`);
    throw new Error(`${file} cannot be read: give the path of a plan document`, { cause: error });
  }
}
