import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { filesIn } from '../dataDirectory.js';
import { exportProof } from '../operations/exportProof.js';
import { uuidOf } from '../operations/uuid.js';
import { configOf, DATA, type Flags, say } from './shared.js';

interface ProofFlags extends Flags {
  readonly output?: string;
}

/** Adds `letopis export-proof`, which writes the history of a plan with proofs that anybody can verify. */
export function exportProofCommand(program: Command): void {
  program
    .command('export-proof')
    .description(
      'write the whole history of a plan with its proofs to a page that anybody can verify; nothing is changed',
    )
    .argument('<plan>', 'id of the plan, as the API gives it')
    .option('--output <file>', 'the file to write; by default PLAN-proof.html in the current directory')
    .option(...DATA)
    .action(runExportProof);
}

async function runExportProof(
  planId: string,
  { output = `${planId}-proof.html`, ...flags }: ProofFlags,
): Promise<void> {
  const { chronicle } = filesIn(configOf(flags).LETOPIS_DATA);
  const { page, events } = await exportProof(chronicle, uuidOf(planId, 'plan'));
  await writeFile(output, page);
  say(`${output}: событий / events ${events}; проверить / verify: letopis verify --bundle ${output}`);
}
