import type { Command } from 'commander';
import { commandTree } from '../../src/app/cli.js';
import { Terminal } from '../../src/app/commands/terminal.js';

/** Returns all commands, in Russian. */
export async function commandTreeHere(): Promise<Command> {
  const { stdout, stderr, stdin } = process;
  const io = { env: {}, stdin, stdout, stderr, log: stderr, stopped: async () => undefined };
  return commandTree(new Terminal(io, 'ru'), '');
}

/** Returns a command and all its subcommands, each with the words that call it. */
export function commandsOf(
  command: Command,
  words: readonly string[] = [],
): [words: readonly string[], command: Command][] {
  return [[words, command], ...command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]))];
}
