import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { exportProof } from '../operations/exportProof.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ProofFlags extends Flags {
  readonly names?: boolean;
  readonly output?: string;
}

/** Adds `letopis export-proof`, which writes the history of a plan with proofs that anybody can verify. */
export function exportProofCommand(program: Command, terminal: Terminal): void {
  program
    .command('export-proof')
    .description(
      'write the whole history of a plan, in words and with its proofs, to a page that anybody can verify; uses the running server, or the files',
    )
    .argument('<plan>', 'id of the plan, as the API gives it')
    .option(
      '--names',
      'show names of persons, which cannot be erased from the page later; recorded as a reading of names',
    )
    .option('--output <file>', 'the file to write; by default PLAN-proof.html in the current directory')
    .option(...DATA)
    .action((planId: string, flags: ProofFlags) => runExportProof(terminal, planId, flags));
}

async function runExportProof(
  terminal: Terminal,
  planId: string,
  { output = `${planId}-proof.html`, names = false, ...flags }: ProofFlags,
): Promise<void> {
  const { page, events } = await terminal.perform(flags, exportProof, { planId, names });
  await writeFile(output, page);
  terminal.say(`${output}: событий / events ${events}; проверить / verify: letopis verify --bundle ${output}`);
}
