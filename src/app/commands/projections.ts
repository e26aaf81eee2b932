import type { Command } from 'commander';
import { momentText } from '../bilingual.js';
import { dropOlderModels, listQuarantined, retryQuarantined } from '../operations/projections.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ListFlags extends Flags {
  readonly json?: boolean;
}

/** Adds `letopis projections`, which lists and retries quarantined rows and drops old read models. */
export function projectionsCommand(program: Command, terminal: Terminal): void {
  const projections = program
    .command('projections')
    .description('read models: quarantined rows, and those of older versions');
  projections
    .command('list')
    .description('list the quarantined rows')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((flags: ListFlags) => runProjectionsList(terminal, flags));
  projections
    .command('retry')
    .description('retry all quarantined rows')
    .option(...DATA)
    .action((flags: Flags) => retry(terminal, flags));
  projections
    .command('drop-old')
    .description('finish an upgrade when no older server runs: drop its read models')
    .option(...DATA)
    .action((flags: Flags) => dropOld(terminal, flags));
}

async function runProjectionsList(terminal: Terminal, flags: ListFlags): Promise<void> {
  const { total, documents } = await terminal.perform(flags, listQuarantined, {});
  if (flags.json) {
    terminal.say(JSON.stringify({ total, documents }));
    return;
  }
  terminal.say(
    total === 0
      ? { ru: 'Карантин пуст', en: 'Nothing is quarantined' }
      : { ru: `В карантине: ${total}`, en: `Quarantined: ${total}` },
  );
  for (const { model, stream, documentId, recordedAt, message } of documents) {
    const whole = terminal.text({ ru: 'весь план', en: 'the whole plan' });
    terminal.say(
      `  ${model}\t${documentId ?? `${stream} (${whole})`}\t${terminal.text(momentText(recordedAt))}\t${message}`,
    );
  }
}

async function retry(terminal: Terminal, flags: Flags): Promise<void> {
  const { healed, left } = await terminal.perform(flags, retryQuarantined, {});
  terminal.say({ ru: `Исправлено: ${healed}; осталось: ${left}`, en: `Healed: ${healed}; left: ${left}` });
  if (left > 0) terminal.exitCode = 1;
}

async function dropOld(terminal: Terminal, flags: Flags): Promise<void> {
  const { dropped } = await terminal.perform(flags, dropOlderModels, {});
  terminal.say(
    dropped.length === 0
      ? { ru: 'Старых представлений нет', en: 'There are no older versions' }
      : { ru: `Удалено: ${dropped.join(', ')}`, en: `Dropped: ${dropped.join(', ')}` },
  );
}
