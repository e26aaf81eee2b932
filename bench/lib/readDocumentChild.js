/**
 * Reads one document in a separate process, as a plan or with the format's library alone, and reports time and memory.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { built } from './dist.js';

const [path, mode] = process.argv.slice(2);
const bytes = await readFile(path);
const require = createRequire(import.meta.url);

/** Returns a function that reads the document and returns the number of rows. */
async function reader() {
  if (mode === 'letopis') {
    const { readDocument } = await built('documents/read.js');
    return async () => {
      const { plan } = await readDocument(bytes, path);
      return plan.sections.reduce((sum, { activities }) => sum + activities.length, 0);
    };
  }
  if (path.endsWith('.xlsx')) {
    const { read, utils } = require('@e965/xlsx');
    return async () => {
      const book = read(bytes, { type: 'buffer', dense: true });
      return utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 }).length;
    };
  }
  const mammoth = require('mammoth');
  return async () => (await mammoth.convertToHtml({ buffer: bytes })).value.split('<tr>').length;
}

const work = await reader();
const start = performance.now();
const rows = await work();
const took = performance.now() - start;
process.send({ rows, took, peak: process.resourceUsage().maxRSS * 1_024 }, () => process.exit());
