import { Command } from 'commander';
import { backupCommands } from './commands/backup.js';
import { copyCommand } from './commands/copy.js';
import { eventsCommand } from './commands/events.js';
import { exportCommand } from './commands/export.js';
import { exportProofCommand } from './commands/exportProof.js';
import { forgetCommand } from './commands/forget.js';
import { importCommand } from './commands/import.js';
import { keysCommand } from './commands/keys.js';
import { partiesCommand } from './commands/parties.js';
import { projectionsCommand } from './commands/projections.js';
import { rebuildCommand } from './commands/rebuild.js';
import { serveCommand } from './commands/serve.js';
import { statusCommand } from './commands/status.js';
import { verifyCommand } from './commands/verify.js';
import { wordingCommand } from './commands/wording.js';
import { version } from './version.js';

/** Runs the command line. Its output is for people (and `--json` for programs); the log goes to standard error. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('letopis').description('Chronicle of yearly work plans').version(version);
  for (const add of [
    serveCommand,
    importCommand,
    exportCommand,
    exportProofCommand,
    forgetCommand,
    keysCommand,
    statusCommand,
    verifyCommand,
    eventsCommand,
    rebuildCommand,
    projectionsCommand,
    backupCommands,
    copyCommand,
    wordingCommand,
    partiesCommand,
  ]) {
    add(program);
  }
  await program.parseAsync([...argv]);
}
