import type { Command } from 'commander';
import { withOperations } from '../admin/client.js';
import { exportProof } from '../operations/exportProof.js';
import { checkOutput, OVERWRITE, writeOutput } from './outputFile.js';
import { PLAN_NAMED, planIdFrom } from './planNamed.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ProofFlags extends Flags {
  readonly names?: boolean;
  readonly output?: string;
  readonly overwrite?: boolean;
}

/** Adds `letopis export-proof`, which writes the history of a plan with proofs that anybody can verify. */
export function exportProofCommand(program: Command, terminal: Terminal): void {
  program
    .command('export-proof')
    .description(
      'write the whole history of a plan, in words and with its proofs, to a page that anybody can verify; uses the running server, or the files',
    )
    .argument('<plan>', PLAN_NAMED)
    .option(
      '--names',
      'show names of persons, which cannot be erased from the page later; recorded as a reading of names',
    )
    .option('--output <file>', 'the file to write; by default PLAN-proof.html in the current directory')
    .option(...OVERWRITE)
    .option(...DATA)
    .action((plan: string, flags: ProofFlags) => runExportProof(terminal, plan, flags));
}

async function runExportProof(
  terminal: Terminal,
  plan: string,
  { output, overwrite = false, names = false, ...flags }: ProofFlags,
): Promise<void> {
  const config = await terminal.chronicleConfig(flags);
  if (output !== undefined) await checkOutput({ path: output, overwrite });
  const { planId, page, events } = await withOperations(config, terminal.logger(config), async (run) => {
    const id = await planIdFrom(run, plan);
    return { planId: id, ...(await run(exportProof, { planId: id, names })) };
  });
  const path = output ?? `${planId}-proof.html`;
  await writeOutput({ path, overwrite }, (put) => put(page));
  terminal.say({
    ru: `${path}: событий ${events}; проверить: npx letopis verify --bundle ${path}`,
    en: `${path}: ${events} events; to verify: npx letopis verify --bundle ${path}`,
  });
}
