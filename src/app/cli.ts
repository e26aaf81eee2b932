import { Command } from 'commander';
import { unreadableCharacter } from '../engine/readable.js';
import { faultOf } from '../engine/storage/thrown.js';
import { Exit, type ProcessIo, Terminal } from './commands/terminal.js';
import { nameLetopisInMessages } from './operatorTerms.js';
import { version } from './version.js';

type AddTo = (program: Command, terminal: Terminal) => void;

/** The commands by name. Each one is a dynamic import, so that the modules of the others are not loaded. */
const CLI_COMMANDS: Readonly<Record<string, () => Promise<AddTo>>> = {
  serve: async () => (await import('./commands/serve.js')).serveCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  export: async () => (await import('./commands/export.js')).exportCommand,
  'export-proof': async () => (await import('./commands/exportProof.js')).exportProofCommand,
  forget: async () => (await import('./commands/forget.js')).forgetCommand,
  keys: async () => (await import('./commands/keys.js')).keysCommand,
  'sign-in': async () => (await import('./commands/signIn.js')).signInCommand,
  status: async () => (await import('./commands/status.js')).statusCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  log: async () => (await import('./commands/log.js')).logCommand,
  witness: async () => (await import('./commands/witness.js')).witnessCommand,
  events: async () => (await import('./commands/events.js')).eventsCommand,
  rebuild: async () => (await import('./commands/rebuild.js')).rebuildCommand,
  projections: async () => (await import('./commands/projections.js')).projectionsCommand,
  backup: async () => (await import('./commands/backup.js')).backupCommand,
  restore: async () => (await import('./commands/backup.js')).restoreCommand,
  copy: async () => (await import('./commands/copy.js')).copyCommand,
  wording: async () => (await import('./commands/wording.js')).wordingCommand,
  parties: async () => (await import('./commands/parties.js')).partiesCommand,
};

/**
 * Runs the command line. Returns its exit code. The output is for people, or for programs with `--json`.
 *
 * @param argv the arguments after the name of the program.
 */
export async function main(argv: readonly string[], io: ProcessIo): Promise<number> {
  nameLetopisInMessages();
  const terminal = new Terminal(io);
  const program = new Command('letopis')
    .description('Chronicle of yearly work plans')
    .version(version)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    })
    .exitOverride(({ exitCode }) => {
      throw new Exit(exitCode);
    });
  const [name = ''] = argv;
  const wanted = Object.hasOwn(CLI_COMMANDS, name) ? CLI_COMMANDS[name] : undefined;
  // Without a known command all are loaded, for the help text.
  for (const load of wanted ? [wanted] : Object.values(CLI_COMMANDS)) (await load())(program, terminal);
  program.hook('preAction', (_, command) => checkInputs(command));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return terminal.exitCode ?? 0;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    terminal.warn(`letopis: ${faultOf(error)}`);
    return terminal.exitCode ?? 1;
  }
}

/** Longest argument, in characters: the limit of a path. */
const MAX_ARGUMENT = 4_096;

/** Exits with an error when an argument or option is too long or contains a character that cannot be printed. */
function checkInputs(command: Command): void {
  const given = [...command.args, ...Object.values(command.opts<Record<string, unknown>>()).flat()];
  for (const text of given.filter((each) => typeof each === 'string')) {
    const start = JSON.stringify(text.slice(0, 40));
    if (text.length > MAX_ARGUMENT) {
      command.error(`${start}… has ${text.length} characters; an argument has at most ${MAX_ARGUMENT}`);
    }
    const unreadable = unreadableCharacter(text);
    if (unreadable)
      command.error(`${start} has a character that cannot be printed (${unreadable.character}): remove it`);
  }
}
