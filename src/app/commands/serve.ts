import type { Command } from 'commander';
import type { Config } from '../config.js';
import { startText } from '../print.js';
import { signInLink } from '../signInCodes.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

/** Adds `letopis serve`, which runs the server until a signal stops it. */
export function serveCommand(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('serve the web page, GraphQL, subscriptions and GraphiQL')
    .option('--host <host>', 'address to listen on (LETOPIS_HOST; by default 127.0.0.1)')
    .option('--port <port>', 'port to listen on (LETOPIS_PORT; by default 4000)')
    .option(
      '--roles <roles>',
      'what this process does: some of api,projections,deadlines,webhooks (LETOPIS_ROLES; by default all)',
    )
    .option(...DATA)
    .action((flags: Flags) => runServe(terminal, terminal.config(flags)));
}

async function runServe(terminal: Terminal, config: Config): Promise<void> {
  // Imported here: the HTTP server and its schema are half of all modules, and no other command needs them.
  const { serve } = await import('../serve.js');
  const served = await serve(config, terminal.logger(config));
  const stop = terminal.stopped();
  const isTerminal = terminal.stdout.isTTY === true;
  const link = isTerminal ? signInLink(served.address, await served.signInCode()) : undefined;
  terminal.say(startText(served.address, served.administratorKey, config, link));
  await stop;
  terminal.say({ ru: 'Останавливаюсь: начатые команды завершаются…', en: 'Stopping: commands in flight finish…' });
  await served.close();
}
