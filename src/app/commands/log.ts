import type { Command } from 'commander';
import { perform } from '../admin/client.js';
import { acceptLog } from '../operations/acceptLog.js';
import { configOf, DATA, type Flags, loggerOf, say } from './shared.js';

/** Adds `letopis log`. */
export function logCommand(program: Command): void {
  program
    .command('log')
    .description('the signed log of the chronicle')
    .command('accept')
    .description(
      'sign a log that does not match its anchor: data of an earlier version, a restored backup, a copy. First check the history: letopis verify',
    )
    .requiredOption('--reason <reason>', 'why the log is accepted; recorded in the chronicle')
    .option(...DATA)
    .action(runAcceptLog);
}

async function runAcceptLog({ reason, ...flags }: Flags & { readonly reason: string }): Promise<void> {
  const config = configOf(flags);
  const { problem, accepted, anchor } = await perform(config, loggerOf(config), acceptLog, { reason });
  say(`Принято / accepted: записей / entries ${accepted.size}, корень / root ${accepted.root} (${problem})`);
  if (anchor) say(`Прежний якорь / previous anchor: записей / entries ${anchor.size}, корень / root ${anchor.root}`);
  say('Журнал снова подписывается / the log is signed again.');
}
