import { perform } from '../../src/app/admin/client.js';
import { exportProof } from '../../src/app/operations/exportProof.js';
import { silent, testConfig } from './server.js';

/**
 * Returns the proof of a plan as `letopis export-proof` writes it, from the running server of a directory or its files.
 */
export async function exportedProof(directory: string, planId: string, names = false): Promise<string> {
  return (await perform(testConfig({ directory }), silent, exportProof, { planId, names })).page;
}
