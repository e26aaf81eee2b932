import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { perform } from '../admin/client.js';
import { exportPlan } from '../operations/export.js';
import { configOf, DATA, type Flags, loggerOf, say } from './shared.js';

interface ExportFlags extends Flags {
  readonly month: string;
  readonly format: 'text' | 'html';
  readonly output?: string;
}

/** `letopis export` */
export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('print what of a plan there is to do in a month, by the running server or on the files')
    .argument('<plan>', 'id of the plan, as the API gives it')
    .requiredOption('--month <YYYY-MM>', 'the month')
    .addOption(
      new Option('--format <format>', 'plain text, or a page to print').choices(['text', 'html']).default('text'),
    )
    .option('--output <file>', 'write there instead of printing')
    .option(...DATA)
    .action(run);
}

async function run(planId: string, flags: ExportFlags): Promise<void> {
  const config = configOf(flags);
  const { month, format, output } = flags;
  const { content } = await perform(config, loggerOf(config), exportPlan, { planId, month, format });
  if (output === undefined) say(content.trimEnd());
  else await writeFile(output, content);
}
