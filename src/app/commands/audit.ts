import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { withOperations } from '../admin/client.js';
import { AUDIT_PRINTS, type AuditPrint, printAudit } from '../operations/audit.js';
import { checkOutput, OVERWRITE, writeOutput } from './outputFile.js';
import { PLAN_NAMED, planIdFrom } from './planNamed.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface AuditFlags extends Flags {
  readonly plan?: string;
  readonly actor?: string;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly after?: string;
  readonly format: AuditPrint;
  readonly output?: string;
  readonly overwrite?: boolean;
}

/** Adds `letopis audit`, which prints and exports the audit trail. */
export function auditCommand(program: Command, terminal: Terminal): void {
  program
    .command('audit')
    .description('print or export the audit trail, oldest entry first: who changed what, when and why')
    .option('--plan <plan>', `only of this plan: ${PLAN_NAMED}`)
    .option('--actor <id>', 'only by this holder of access: its id, as `npx letopis keys list` and the API give it')
    .option('--from <YYYY-MM-DD>', 'only from this day on, in the time zone of the server (LETOPIS_TIMEZONE)')
    .option('--to <YYYY-MM-DD>', 'only up to this day, which is included')
    .option('--text <words>', 'only entries with these words, or words that begin so')
    .option('--after <position>', 'only entries after this position, as the last line of an interrupted file names it')
    .addOption(
      new Option(
        '--format <format>',
        'text: a line for each entry; csv and jsonl: all fields, as /audit.csv and /audit.jsonl',
      )
        .choices(AUDIT_PRINTS)
        .default('text'),
    )
    .option('--output <file>', 'the file to write; by default the entries are printed')
    .option(...OVERWRITE)
    .option(...DATA)
    .action((flags: AuditFlags) => runAudit(terminal, flags));
}

async function runAudit(terminal: Terminal, { output, overwrite = false, ...flags }: AuditFlags): Promise<void> {
  if (output === undefined) {
    await writeAudit(terminal, flags, async (text) => {
      if (!terminal.stdout.write(text)) await once(terminal.stdout, 'drain');
    });
    return;
  }
  const file = { path: output, overwrite };
  await checkOutput(file);
  await writeOutput(file, (put) => writeAudit(terminal, flags, put));
  terminal.say(output);
}

async function writeAudit(
  terminal: Terminal,
  { plan, actor, from, to, text, after, format, ...flags }: AuditFlags,
  write: (text: string) => Promise<void>,
): Promise<void> {
  const config = terminal.config(flags);
  const { language } = terminal;
  await withOperations(config, terminal.logger(config), async (run) => {
    const planId = plan === undefined ? null : await planIdFrom(run, plan);
    const days = { from: from ?? null, to: to ?? null };
    const sought = { planId, actorId: actor ?? null, text: text ?? null, after: after ?? null };
    await run(printAudit, { format, language, ...sought, ...days }, (page) => write(page.text));
  });
}
