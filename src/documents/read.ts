import type { NamedPerson } from '../domain/personal.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import { MAX_ACTIVITIES } from '../domain/plan.js';
import { bounded } from './bounds.js';
import { unmarked } from './formats/exported.js';
import { readContent } from './formats/format.js';
import type { DocumentContent } from './model.js';
import { readPlan } from './reading/plan.js';
import { checkRows, SPLIT } from './size.js';
import type { StatedColumns } from './statedColumns.js';
import type { ReadPlan } from './tasks.js';
import { UnreadableDocument } from './unreadable.js';

/**
 * Reads a plan document of any format in this thread: use `documentThreads` for files of unknown origin.
 *
 * @param columns the columns of its table as the user gives them, for a table whose head is not that of a plan.
 * @throws UnreadableDocument with place and cause when the file is not a plan. Then no part of it is used.
 */
export async function readDocument(
  bytes: Uint8Array,
  fileName: string,
  columns?: StatedColumns | null,
): Promise<ReadPlan> {
  const stated = columns ?? undefined;
  try {
    const read = bounded(await readContent(bytes, fileName, stated));
    checkRows(countRows(read));
    const { content, exportedFrom } = await unmarked(read, bytes);
    const plan = readPlan(content, fileName, stated);
    checkActivities(plan);
    return { reader: content.reader, plan, exportedFrom };
  } catch (error) {
    // Deeply nested elements exhaust the stack of some readers.
    if (error instanceof RangeError) throw new UnreadableDocument(null, 'it is built too deep for a plan');
    throw error;
  }
}

function countRows({ blocks }: DocumentContent): number {
  return blocks.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 1), 0);
}

function checkActivities({ sections }: ImportedPlan<NamedPerson>): void {
  const count = sections.reduce((sum, { activities }) => sum + activities.length, 0);
  if (count > MAX_ACTIVITIES)
    throw new UnreadableDocument(null, `the document has ${count} activities; ${SPLIT}`, 'TOO_LARGE');
}
