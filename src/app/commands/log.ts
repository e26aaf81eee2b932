import type { Command } from 'commander';
import { acceptLog } from '../operations/acceptLog.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface AcceptFlags extends Flags {
  readonly reason: string;
}

/** Adds `letopis log accept`, which signs a log that does not match its anchor. */
export function logCommand(program: Command, terminal: Terminal): void {
  program
    .command('log')
    .description('the signed log of the chronicle')
    .command('accept')
    .description(
      'sign a log that does not match its anchor: data of an earlier version, a restored backup, a copy. First check the history: npx letopis verify',
    )
    .requiredOption('--reason <reason>', 'why the log is accepted; recorded in the chronicle')
    .option(...DATA)
    .action((flags: AcceptFlags) => runAcceptLog(terminal, flags));
}

async function runAcceptLog(terminal: Terminal, { reason, ...flags }: AcceptFlags): Promise<void> {
  const { problem, accepted, anchor } = await terminal.perform(flags, acceptLog, { reason });
  terminal.say({
    ru: `Принято: записей ${accepted.size}, корень ${accepted.root} (${problem})`,
    en: `Accepted: ${accepted.size} entries, root ${accepted.root} (${problem})`,
  });
  if (anchor) {
    terminal.say({
      ru: `Прежний якорь: записей ${anchor.size}, корень ${anchor.root}`,
      en: `Previous anchor: ${anchor.size} entries, root ${anchor.root}`,
    });
  }
  terminal.say({ ru: 'Журнал снова подписывается.', en: 'The log is signed again.' });
}
