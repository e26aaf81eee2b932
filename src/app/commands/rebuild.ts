import type { Command } from 'commander';
import { perform } from '../admin/client.js';
import { rebuildLog, rebuildReadModels } from '../operations/rebuild.js';
import { configOf, DATA, type Flags, loggerOf, progressLine, say } from './shared.js';

/** Adds `letopis rebuild`. */
export function rebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .description('rebuild read models from the chronicle; queries use the old ones until the new ones are complete')
    .argument('[names...]', 'names of read models; all by default')
    .option('--log', 'rebuild the signed log beside KurrentDB instead; its checkpoints are kept and must match')
    .option(...DATA)
    .action(run);
}

async function run(names: readonly string[], { log, ...flags }: Flags & { readonly log?: boolean }): Promise<void> {
  const config = configOf(flags);
  if (log) {
    const { entries } = await perform(config, loggerOf(config), rebuildLog, {});
    say(`Журнал строится заново, было записей / the log is made anew, it had entries: ${entries}`);
    return;
  }
  const line = progressLine();
  const outcome = await perform(
    config,
    loggerOf(config),
    rebuildReadModels,
    { names: [...names] },
    ({ events, rate }) => line.show(`${events} событий / events, ${rate}/с`),
  );
  line.end();
  say(`Построено заново / rebuilt: ${outcome.events} событий / events, ${outcome.rate}/с`);
  if (outcome.quarantined > 0) {
    say(`В карантине / quarantined: ${outcome.quarantined} (letopis projections list)`);
    process.exitCode = 1;
  }
}
