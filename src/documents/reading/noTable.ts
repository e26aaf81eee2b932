import { type Block, isFresh } from '../model.js';
import { oneLine } from './wording.js';

/** Tables whose headings are shown. */
const MAX_SHOWN = 3;
/** Characters of the headings of one table. */
const MAX_HEADINGS = 200;

const LOOKED_FOR =
  'Looked for a column of activities («мероприятие», «наименование», «содержание», «тема», «вид деятельности»), and one of times («срок», «дата», «период», «когда») or of responsible parties («ответственный», «исполнитель»)';

/** Returns why a document is no plan: the headings that its tables have, what was looked for, and how to state columns. */
export function noTable(blocks: readonly Block[], isStated: boolean): string {
  const seen = blocks.flatMap(headingsOf).slice(0, MAX_SHOWN);
  const headings = seen.length > 0 ? `The headings are ${seen.join('; ')}` : 'The document has no table';
  const advice = isStated
    ? 'No table has texts in the columns that were stated: count them from 1, with those that are covered by wider cells'
    : `${LOOKED_FOR}. If it is a plan all the same, state its columns, such as activity=2,time=4 (--columns on the command line, columns in the API)`;
  return `no table of a plan found. ${headings}. ${advice}`;
}

/** The texts of the first row that has several, and where it stands. */
function headingsOf(block: Block): string[] {
  if (block.kind === 'paragraph') {
    const cells = block.text.split('\t').filter((text) => text.trim() !== '');
    return cells.length >= 2 ? [shown(cells, block.source)] : [];
  }
  const rows = block.rows.map(({ cells, source }) => ({
    texts: cells.filter(isFresh).map(({ text }) => text),
    source,
  }));
  const head = rows.find(({ texts }) => texts.length >= 2);
  return head ? [shown(head.texts, head.source)] : [];
}

function shown(texts: readonly string[], source: string): string {
  const headings = texts.map((text) => oneLine(text)).join(' | ');
  return `«${headings.length > MAX_HEADINGS ? `${headings.slice(0, MAX_HEADINGS)}…` : headings}» (${source})`;
}
