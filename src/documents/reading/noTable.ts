import { type Block, isFresh } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';
import { oneLine } from './wording.js';

/** The headings by which the columns of a plan are recognised. */
const LOOKED_FOR =
  'A table is a plan when its head row has a column of activities («мероприятие», «наименование», «содержание», «тема», «вопрос») and one of times («срок», «дата», «период», «время», «месяц»); responsible parties («ответственный», «исполнитель») may be missing';
const STATE_THEM =
  'If it is a plan all the same, state its columns, such as activity=2,time=4 (--columns on the command line, columns in the API)';
const NONE_STATED =
  'No table has texts in the columns that were stated: count them from 1, with those that are covered by wider cells';
/** Maximum number of tables whose headings a refusal names, and of characters of each table. */
const SEEN_TABLES = 5;
const SEEN_CHARACTERS = 200;
/** Maximum number of columns whose headings are returned. */
const SEEN_COLUMNS = 30;

/**
 * Returns the refusal of a document that is not a plan. It names the headings that were found and those that were
 * expected, and says how to state columns.
 */
export function noTable(blocks: readonly Block[], isStated: boolean): UnreadableDocument {
  const seen = blocks.map(headingsOf).filter((texts) => texts.length > 0);
  const shown = seen.map((texts) =>
    texts
      .map((text) => `«${oneLine(text).slice(0, 60)}»`)
      .join(', ')
      .slice(0, SEEN_CHARACTERS),
  );
  const headings = shown.length > 0 ? `headings seen: ${shown.slice(0, SEEN_TABLES).join('; ')}` : 'it holds no table';
  const advice = isStated ? NONE_STATED : `${LOOKED_FOR}. ${STATE_THEM}`;
  const problem = `no table of a plan found; ${headings}. ${advice}`;
  const [first = []] = seen;
  const columns = first.slice(0, SEEN_COLUMNS).map((text) => oneLine(text).slice(0, 60));
  return new UnreadableDocument(firstTableAt(blocks), problem, 'NO_PLAN', columns);
}

/** The texts of the first row that has several. A text without a grid has cells where it has tabs. */
function headingsOf(block: Block): string[] {
  if (block.kind === 'paragraph') {
    const cells = block.text.split('\t').filter((text) => text.trim() !== '');
    return cells.length > 1 ? cells : [];
  }
  const rows = block.rows.map(({ cells }) => cells.filter(isFresh).map(({ text }) => text));
  return rows.find((texts) => texts.length > 1) ?? [];
}

function firstTableAt(blocks: readonly Block[]): string | null {
  for (const block of blocks) {
    if (block.kind === 'table') return block.rows[0]?.source ?? null;
    if (block.text.includes('\t')) return block.source;
  }
  return null;
}
