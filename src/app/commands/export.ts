import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { EXPORT_FORMATS } from '../../documents/printing/paperToPrint.js';
import { perform } from '../admin/client.js';
import { exportPlan } from '../operations/export.js';
import { configOf, DATA, type Flags, loggerOf, say } from './shared.js';

interface ExportFlags extends Flags {
  readonly format?: (typeof EXPORT_FORMATS)[number];
  readonly month?: string;
  readonly execution?: boolean;
  readonly party?: string;
  readonly report?: string;
  readonly day?: string;
  readonly compare?: string;
  readonly output?: string;
}

/** Formats that no terminal shows. */
const FILES: readonly string[] = ['docx', 'xlsx'];

/** `letopis export` */
export function exportCommand(program: Command): void {
  program
    .command('export')
    .description(
      'give a plan back as a document, its extract for a month, a report or a comparison, by the running server or on the files',
    )
    .argument('<plan>', 'id of the plan, as the API gives it')
    .addOption(new Option('--format <format>', 'docx unless a month is given, text then').choices(EXPORT_FORMATS))
    .option('--month <YYYY-MM>', 'what there is to do in this month')
    .option('--execution', 'with the column «Отметка о выполнении»')
    .option('--report <period>', 'report on execution: month, quarter, half-year or year')
    .option('--day <YYYY-MM-DD>', 'a day in the period of the report; today unless given')
    .option(
      '--compare <sides>',
      'what differs between two editions (1..2), days (2020-10-01..2020-12-01) or revisions (r12..r40)',
    )
    .option('--party <name>', 'of a calendar (ics), what this party is responsible for')
    .option('--output <file>', 'write there; docx and xlsx are written beside you under the title of the plan')
    .option(...DATA)
    .action(run);
}

async function run(planId: string, flags: ExportFlags): Promise<void> {
  const config = configOf(flags);
  const { month = null, party = null, report = null, day = null, compare = null, execution = false } = flags;
  const format = flags.format ?? (month === null ? 'docx' : 'text');
  const file = await perform(config, loggerOf(config), exportPlan, {
    ...{ planId, format, month, party, execution, report, day, compare },
  });
  const content = Buffer.from(file.content, 'base64');
  if (flags.output === undefined && !FILES.includes(format)) {
    say(content.toString('utf8').trimEnd());
    return;
  }
  const output = flags.output ?? file.name;
  await writeFile(output, content);
  say(output);
}
