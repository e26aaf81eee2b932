import { Command } from 'commander';
import { errorCode } from './errorCode.js';
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
  await program.parseAsync([...argv]);
}
