import type { Command } from 'commander';
import type { Config } from '../config.js';
import { startText } from '../print.js';
import { configOf, DATA, type Flags, loggerOf, say } from './shared.js';

/** Adds `letopis serve`. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('serve GraphQL, subscriptions and GraphiQL')
    .option('--host <host>', 'address to listen on (LETOPIS_HOST)')
    .option('--port <port>', 'port to listen on (LETOPIS_PORT)')
    .option('--roles <roles>', 'what this process does: api,projections,deadlines (LETOPIS_ROLES)')
    .option(...DATA)
    .action((flags: Flags) => runServe(configOf(flags)));
}

async function runServe(config: Config): Promise<void> {
  // Imported here: the HTTP server and its schema are half of all modules, and no other command needs them.
  const { serve } = await import('../serve.js');
  const served = await serve(config, loggerOf(config));
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  say(startText(served.address, served.administratorKey, config, process.stdout.isTTY));
  await stop;
  say('Останавливаюсь: начатые команды завершаются… / Stopping: commands in flight finish…');
  await served.close();
}
