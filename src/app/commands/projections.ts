import type { Command } from 'commander';
import { perform } from '../admin/client.js';
import { listQuarantined, retryQuarantined } from '../operations/projections.js';
import { configOf, DATA, type Flags, loggerOf, say } from './shared.js';

/** `letopis projections` */
export function projectionsCommand(program: Command): void {
  const projections = program.command('projections').description('documents of read models whose views failed');
  projections
    .command('list')
    .description('list them')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action(list);
  projections
    .command('retry')
    .description('try each of them again')
    .option(...DATA)
    .action(retry);
}

async function list(flags: Flags & { readonly json?: boolean }): Promise<void> {
  const config = configOf(flags);
  const { total, documents } = await perform(config, loggerOf(config), listQuarantined, {});
  if (flags.json) {
    say(JSON.stringify({ total, documents }));
    return;
  }
  say(total === 0 ? 'Карантин пуст / nothing is quarantined' : `В карантине / quarantined: ${total}`);
  for (const { model, planId, documentId, recordedAt, message } of documents) {
    say(`  ${model}\t${documentId ?? `${planId} (весь план / the whole plan)`}\t${recordedAt}\t${message}`);
  }
}

async function retry(flags: Flags): Promise<void> {
  const config = configOf(flags);
  const { healed, left } = await perform(config, loggerOf(config), retryQuarantined, {});
  say(`Исправлено / healed: ${healed}; осталось / left: ${left}`);
  if (left > 0) process.exitCode = 1;
}
