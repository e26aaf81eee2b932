import { Command, type Help, Option } from 'commander';
import { unreadableCharacter } from '../engine/readable.js';
import { LANGUAGES, prefixed, terminalLanguage } from './bilingual.js';
import { helpTexts } from './commands/help.js';
import { misuseText } from './commands/misuse.js';
import { russianPlaceholder, withPlaceholders } from './commands/placeholders.js';
import { Exit, type ProcessIo, Terminal } from './commands/terminal.js';
import { misusedCode } from './exitCodes.js';
import { nameLetopisInMessages } from './operatorTerms.js';
import { faultInBoth } from './russian/faults.js';
import { version } from './version.js';

type AddTo = (program: Command, terminal: Terminal) => void;

/** The commands by name. Each one is a dynamic import, so that the modules of the others are not loaded. */
const CLI_COMMANDS: Readonly<Record<string, () => Promise<AddTo>>> = {
  serve: async () => (await import('./commands/serve.js')).serveCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  plans: async () => (await import('./commands/plans.js')).plansCommand,
  export: async () => (await import('./commands/export.js')).exportCommand,
  audit: async () => (await import('./commands/audit.js')).auditCommand,
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
  completion: async () => (await import('./commands/completion.js')).completionCommand,
};

/** Commands whose output describes all commands. */
const DESCRIBING: readonly string[] = ['help', 'completion'];

/**
 * Runs the command line. Returns its exit code. The output is for people, or for programs with `--json`.
 *
 * @param argv the arguments after the name of the program.
 */
export async function main(argv: readonly string[], io: ProcessIo): Promise<number> {
  nameLetopisInMessages();
  const terminal = new Terminal(io, terminalLanguage(argv, io.env));
  const name = commandName(argv);
  const program = await commandTree(terminal, name);
  program.hook('preAction', (_, command) => checkInputs(command));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return terminal.exitCode ?? 0;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    terminal.warn(prefixed('letopis: ', faultInBoth(error)));
    return terminal.exitCode ?? 1;
  }
}

/** Returns the commands: the named one alone if it is known, else all of them, for help texts. */
export async function commandTree(terminal: Terminal, name: string): Promise<Command> {
  const { optionDescription, afterProgram, afterCommand, text } = helpTexts(terminal.language);
  const placeholders = (term: string) => withPlaceholders(term, terminal.language);
  const placeholder = (name: string) => (terminal.language === 'ru' ? russianPlaceholder(name) : name);
  const help: Partial<Help> = {
    showGlobalOptions: true,
    styleTitle: text,
    styleUsage: placeholders,
    styleSubcommandTerm: placeholders,
    styleOptionTerm: placeholders,
    styleArgumentTerm: placeholder,
    commandDescription: (command) => text(command.description()),
    subcommandDescription: (command) => text(command.description()),
    argumentDescription: (argument) => text(argument.description),
    optionDescription,
  };
  const program = new Command('npx letopis')
    .description('Chronicle of yearly work plans')
    .version(version, '-V, --version', 'print the version')
    .addOption(
      new Option('--lang <language>', 'language of what is printed; by default that of the locale (LANG)').choices(
        LANGUAGES,
      ),
    )
    .helpOption('-h, --help', 'print the help of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp(help)
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) => write(misuseText(text, terminal.language)),
    })
    .addHelpText('after', afterProgram)
    // Wrong arguments have a separate exit code, which differs from the codes of results.
    .exitOverride(({ exitCode }) => {
      throw new Exit(exitCode === 0 ? 0 : misusedCode(name));
    });
  const wanted = Object.hasOwn(CLI_COMMANDS, name) && !DESCRIBING.includes(name) ? CLI_COMMANDS[name] : undefined;
  for (const load of wanted ? [wanted] : Object.values(CLI_COMMANDS)) (await load())(program, terminal);
  for (const command of program.commands) command.addHelpText('after', afterCommand(command.name()));
  return program;
}

/** Returns the name of the command, which `--lang` may precede; empty without one. */
export function commandName(argv: readonly string[]): string {
  return argv.find((each, index) => !each.startsWith('--lang') && argv[index - 1] !== '--lang') ?? '';
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
