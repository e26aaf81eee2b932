import { Command } from 'commander';
import { unreadableCharacter } from '../domain/texts.js';
import { errorCode } from './errorCode.js';
import { createForOwnerAlone } from './rights.js';
import { version } from './version.js';

type AddTo = (program: Command) => void;

/** Each command with where it is: what one of them needs is not loaded for the others. */
const COMMANDS: Readonly<Record<string, () => Promise<AddTo>>> = {
  serve: async () => (await import('./commands/serve.js')).serveCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  export: async () => (await import('./commands/export.js')).exportCommand,
  'export-proof': async () => (await import('./commands/exportProof.js')).exportProofCommand,
  forget: async () => (await import('./commands/forget.js')).forgetCommand,
  keys: async () => (await import('./commands/keys.js')).keysCommand,
  status: async () => (await import('./commands/status.js')).statusCommand,
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

/** Runs the command line. Its output is for people (and `--json` for programs); the log goes to standard error. */
export async function main(argv: readonly string[]): Promise<void> {
  createForOwnerAlone();
  const program = new Command('letopis').description('Chronicle of yearly work plans').version(version);
  const [name = ''] = argv.slice(2);
  const wanted = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  process.stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
    // Who read it has read enough (`letopis events | head`); a server goes on, whoever still reads what it prints.
    if (name !== 'serve') process.exit();
  });
  // Whoever asks for none of them is shown all.
  for (const load of wanted ? [wanted] : Object.values(COMMANDS)) (await load())(program);
  program.hook('preAction', (_, command) => checkInputs(command));
  await program.parseAsync([...argv]);
}

/** Longest argument: a path. */
const MAX_ARGUMENT = 4_096;

/** Ends with a sentence when an argument or option is too long, or has a character that nothing can print. */
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
