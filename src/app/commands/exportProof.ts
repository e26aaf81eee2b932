import type { Command } from 'commander';
import { withOperations } from '../admin/client.js';
import { exportProof } from '../operations/exportProof.js';
import { uuidOf } from '../operations/uuid.js';
import { checkOutput, OVERWRITE, writeOutput } from './outputFile.js';
import { PLAN_NAMED, planIdFrom } from './planNamed.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ProofFlags extends Flags {
  readonly output?: string;
  readonly overwrite?: boolean;
}

/** Adds `letopis export-proof`, which writes the history of a plan with proofs that anybody can verify. */
export function exportProofCommand(program: Command, terminal: Terminal): void {
  program
    .command('export-proof')
    .description(
      'write the whole history of a plan with its proofs to a page that anybody can verify; nothing is changed',
    )
    .argument('<plan>', PLAN_NAMED)
    .option('--output <file>', 'the file to write; by default PLAN-proof.html in the current directory')
    .option(...OVERWRITE)
    .option(...DATA)
    .action((plan: string, flags: ProofFlags) => runExportProof(terminal, plan, flags));
}

async function runExportProof(
  terminal: Terminal,
  plan: string,
  { output, overwrite = false, ...flags }: ProofFlags,
): Promise<void> {
  const config = await terminal.chronicleConfig(flags);
  const planId = await withOperations(config, terminal.logger(config), (run) => planIdFrom(run, plan));
  const path = output ?? `${planId}-proof.html`;
  await checkOutput({ path, overwrite });
  const { page, events } = await exportProof(config, uuidOf(planId, 'plan'));
  await writeOutput({ path, overwrite }, (put) => put(page));
  terminal.say({
    ru: `${path}: событий ${events}; проверить: letopis verify --bundle ${path}`,
    en: `${path}: ${events} events; to verify: letopis verify --bundle ${path}`,
  });
}
