import { type Command, Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat, formatOf } from '../../documents/printing/formats.js';
import { withOperations } from '../admin/client.js';
import { exportPlan } from '../operations/export.js';
import { checkOutput, OVERWRITE, writeOutput } from './outputFile.js';
import { PLAN_NAMED, planIdFrom } from './planNamed.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ExportFlags extends Flags {
  readonly format?: ExportFormat;
  readonly month?: string;
  readonly execution?: boolean;
  readonly party?: string;
  readonly report?: string;
  readonly day?: string;
  readonly compare?: string;
  readonly output?: string;
  readonly overwrite?: boolean;
}

/** Adds `letopis export`, which writes a plan, an extract, a report or a comparison to a file. */
export function exportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description(
      'export a plan document, an extract for a month, a report or a comparison; uses the running server, or the files',
    )
    .argument('<plan>', PLAN_NAMED)
    .addOption(new Option('--format <format>', 'docx by default; text with --month').choices(EXPORT_FORMATS))
    .option('--month <YYYY-MM>', 'only what is due in this month')
    .option('--execution', 'with the column «Отметка о выполнении»')
    .option('--report <period>', 'report on execution: month, quarter, half-year or year')
    .option('--day <YYYY-MM-DD>', 'a day in the period of the report; today by default')
    .option(
      '--compare <sides>',
      'differences between two editions (1..2), days (2020-10-01..2020-12-01) or revisions (r12..r40)',
    )
    .option('--party <name>', 'for a calendar (ics): only what this party is responsible for')
    .option(
      '--output <file>',
      'the file to write; by default docx and xlsx get the whole title of the plan as their name, and other formats are printed',
    )
    .option(...OVERWRITE)
    .option(...DATA)
    .action((plan: string, flags: ExportFlags) => runExport(terminal, plan, flags));
}

async function runExport(terminal: Terminal, plan: string, flags: ExportFlags): Promise<void> {
  const { month = null, party = null, report = null, day = null, compare = null, execution = false } = flags;
  const { output, overwrite = false } = flags;
  if (output !== undefined) await checkOutput({ path: output, overwrite });
  const format = flags.format ?? (month === null ? 'docx' : 'text');
  const options = { format, month, party, execution, report, day, compare };
  const config = terminal.config(flags);
  const file = await withOperations(config, terminal.logger(config), async (run) =>
    run(exportPlan, { ...options, planId: await planIdFrom(run, plan) }),
  );
  const content = Buffer.from(file.content, 'base64');
  if (output === undefined && !formatOf(format).isBinary) {
    terminal.say(content.toString('utf8').trimEnd());
    return;
  }
  const path = output ?? file.name;
  await writeOutput({ path, overwrite }, (put) => put(content));
  terminal.say(path);
}
