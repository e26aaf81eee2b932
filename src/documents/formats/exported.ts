import type { Block, DocumentContent, Row } from '../model.js';
import { planIdInPage, planIdInProperties, planIdInRow } from '../printing/planMark.js';
import { textOfPart } from './container.js';
import { beginsWith, ZIP } from './signatures.js';

/** A document without the row that names its plan, and the id of the plan from which it was exported, or null. */
interface Unmarked {
  readonly content: DocumentContent;
  readonly exportedFrom: string | null;
}

/**
 * Returns a document without the row that names its plan, and the id of that plan. If there is no such row, the id is
 * taken from the metadata of the file; null if it is not there either.
 */
export async function unmarked(content: DocumentContent, bytes: Uint8Array): Promise<Unmarked> {
  const last = content.blocks.at(-1);
  const row = last?.kind === 'table' ? last.rows.at(-1) : undefined;
  const ofRow = row ? planIdInRow(rowText(row)) : null;
  if (last?.kind !== 'table' || ofRow === null) return { content, exportedFrom: await planOfFile(bytes) };
  const blocks: readonly Block[] = [...content.blocks.slice(0, -1), { ...last, rows: last.rows.slice(0, -1) }];
  return { content: { ...content, blocks }, exportedFrom: ofRow };
}

function rowText({ cells }: Row): string {
  return cells.map(({ text }) => text).join('');
}

/** Number of bytes at the beginning of a page that contain its `head`. */
const HEAD_BYTES = 2_000;
/** Parts of office documents that contain the properties added by users and programs. */
const PROPERTIES = ['docProps/custom.xml', 'meta.xml'];

async function planOfFile(bytes: Uint8Array): Promise<string | null> {
  if (!beginsWith(bytes, ZIP)) return planIdInPage(new TextDecoder('utf-8').decode(bytes.subarray(0, HEAD_BYTES)));
  for (const part of PROPERTIES) {
    const xml = await textOfPart(bytes, part);
    const planId = xml === undefined ? null : planIdInProperties(xml);
    if (planId !== null) return planId;
  }
  return null;
}
