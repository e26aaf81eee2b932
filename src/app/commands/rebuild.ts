import type { Command } from 'commander';
import { rebuildLog, rebuildReadModels } from '../operations/rebuild.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface RebuildFlags extends Flags {
  readonly log?: boolean;
}

/** Adds `letopis rebuild`, which rebuilds read models from the chronicle. */
export function rebuildCommand(program: Command, terminal: Terminal): void {
  program
    .command('rebuild')
    .description('rebuild read models from the chronicle; queries use the old ones until the new ones are complete')
    .argument('[names...]', 'names of read models; all by default')
    .option('--log', 'rebuild the signed log beside KurrentDB instead; its checkpoints are kept and must match')
    .option(...DATA)
    .action((names: readonly string[], flags: RebuildFlags) => runRebuild(terminal, names, flags));
}

async function runRebuild(
  terminal: Terminal,
  names: readonly string[],
  { log, ...flags }: RebuildFlags,
): Promise<void> {
  if (log) {
    const { entries } = await terminal.perform(flags, rebuildLog, {});
    terminal.say({
      ru: `Журнал строится заново, было записей: ${entries}`,
      en: `The log is made anew, it had ${entries} entries`,
    });
    return;
  }
  const line = terminal.progressLine();
  const outcome = await terminal.perform(flags, rebuildReadModels, { names: [...names] }, ({ events, rate }) =>
    line.show({ ru: `событий ${events}, ${rate} в секунду`, en: `${events} events, ${rate} a second` }),
  );
  line.end();
  const { events: read, rate: speed } = outcome;
  terminal.say({
    ru: `Построено заново: событий ${read}, ${speed} в секунду`,
    en: `Rebuilt: ${read} events, ${speed} a second`,
  });
  if (outcome.quarantined > 0) {
    terminal.say({
      ru: `В карантине: ${outcome.quarantined} (npx letopis projections list)`,
      en: `Quarantined: ${outcome.quarantined} (npx letopis projections list)`,
    });
    terminal.exitCode = 1;
  }
}
