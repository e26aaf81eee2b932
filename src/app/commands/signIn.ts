import type { Command } from 'commander';
import type { Config } from '../config.js';
import { signInCode } from '../operations/signIn.js';
import { signInLink } from '../signInCodes.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface SignInFlags extends Flags {
  readonly address?: string;
}

/** Adds `letopis sign-in`, which prints a link that opens the web page and signs in once. */
export function signInCommand(program: Command, terminal: Terminal): void {
  program
    .command('sign-in')
    .description('print a link that opens the web page and signs in; it works once, for 15 minutes')
    .argument('[id]', 'whose access, as in `npx letopis keys list`; the administrator when left out')
    .option('--address <url>', 'address of the page, such as https://plans.example; by default this machine')
    .option('--port <port>', 'port of the server on this machine (LETOPIS_PORT; by default 4000)')
    .option(...DATA)
    .action(async (id: string | undefined, { address, ...flags }: SignInFlags) => {
      const { code } = await terminal.perform(flags, signInCode, { id: id ?? null });
      terminal.say(signInLink(address?.replace(/\/$/, '') ?? localAddress(terminal.config(flags)), code));
    });
}

/** Returns the address of the server for a browser on the same machine. */
function localAddress({ LETOPIS_HOST: host, LETOPIS_PORT: port }: Config): string {
  const isAny = host === '0.0.0.0' || host === '::';
  return `http://${isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
