import type { Command } from 'commander';
import { perform } from '../admin/client.js';
import { dropOlderModels, listQuarantined, retryQuarantined } from '../operations/projections.js';
import { configOf, DATA, type Flags, loggerOf, say } from './shared.js';

/** Adds `letopis projections`. */
export function projectionsCommand(program: Command): void {
  const projections = program
    .command('projections')
    .description('read models: quarantined rows, and those of older versions');
  projections
    .command('list')
    .description('list the quarantined rows')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action(list);
  projections
    .command('retry')
    .description('retry all quarantined rows')
    .option(...DATA)
    .action(retry);
  projections
    .command('drop-old')
    .description('finish an upgrade when no older server runs: drop its read models')
    .option(...DATA)
    .action(dropOld);
}

async function list(flags: Flags & { readonly json?: boolean }): Promise<void> {
  const config = configOf(flags);
  const { total, documents } = await perform(config, loggerOf(config), listQuarantined, {});
  if (flags.json) {
    say(JSON.stringify({ total, documents }));
    return;
  }
  say(total === 0 ? 'Карантин пуст / nothing is quarantined' : `В карантине / quarantined: ${total}`);
  for (const { model, stream, documentId, recordedAt, message } of documents) {
    say(`  ${model}\t${documentId ?? `${stream} (весь план / the whole plan)`}\t${recordedAt}\t${message}`);
  }
}

async function retry(flags: Flags): Promise<void> {
  const config = configOf(flags);
  const { healed, left } = await perform(config, loggerOf(config), retryQuarantined, {});
  say(`Исправлено / healed: ${healed}; осталось / left: ${left}`);
  if (left > 0) process.exitCode = 1;
}

async function dropOld(flags: Flags): Promise<void> {
  const config = configOf(flags);
  const { dropped } = await perform(config, loggerOf(config), dropOlderModels, {});
  say(
    dropped.length === 0
      ? 'Старых представлений нет / there are no older versions'
      : `Удалено / dropped: ${dropped.join(', ')}`,
  );
}
