import { parse } from 'parse5';
import { type Block, type Cell, type DocumentContent, NO_CELL, type Repair, type Row, type Table } from '../model.js';
import { findHead } from '../reading/columns.js';
import { UnreadableDocument } from '../unreadable.js';
import { decoded } from './lines.js';
import {
  descendants,
  type Element,
  holdsTable,
  isElement,
  isHidden,
  isNote,
  isOneItem,
  markOf,
  NOTE_ID,
  notesIn,
  type PageNode,
  pageText,
  rowsOf,
  spanOf,
} from './page.js';
import { tidied } from './tidy.js';

/** Deepest nesting of elements. Pages have about a dozen levels. */
const MAX_HTML_DEPTH = 200;
/** Maximum number of columns of a table. */
const MAX_HTML_COLUMNS = 100;
/** Rows that one cell may span. */
const MAX_ROW_SPAN = 5_000;

const LEFT_OUT_TAGS = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'svg',
  'nav',
  'aside',
  'button',
  'select',
  'iframe',
]);
/** Elements of text that is struck out, which is not read. */
const STRUCK = new Set(['del', 's', 'strike']);
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Reads a page. */
export function readHtml(bytes: Uint8Array): DocumentContent {
  const { text, repairs } = decoded(bytes, declaredIn(bytes));
  const page = blocksOfHtml(text, 'folded');
  return { reader: 'html-1', blocks: page.blocks, repairs: [...repairs, ...page.repairs] };
}

/** Returns the encoding that a page declares in its first bytes. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2_000));
  for (const [element] of start.matchAll(/<meta[^<>]{0,300}/giu)) {
    const name = /charset\s{0,9}=\s{0,9}["']?(?<name>[\w-]{2,40})/iu.exec(element)?.groups?.name;
    if (name !== undefined) return name;
  }
  return undefined;
}

/**
 * Returns the paragraphs and tables of a page. A table that contains tables is a layout: its cells are read as parts of
 * the page.
 *
 * @param spaces `kept` for a page made from a document of a word processor, in which runs of spaces separate columns.
 * @throws UnreadableDocument for elements that are nested too deeply.
 */
export function blocksOfHtml(html: string, spaces: 'folded' | 'kept'): Pick<DocumentContent, 'blocks' | 'repairs'> {
  const page = parse(html);
  const reader = new Reader(spaces, notesIn(page.childNodes));
  reader.walk(page.childNodes, 0);
  return { blocks: reader.blocks, repairs: reader.repairs };
}

/** A line of text being put together. */
interface Run {
  text: string;
  /** Ids of the notes to which the text refers. */
  readonly notes: string[];
  /** True if all of the text is bold. */
  strong: boolean;
}

function emptyRun(text = ''): Run {
  return { text, notes: [], strong: true };
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

class Reader {
  readonly blocks: Block[] = [];
  readonly repairs: Repair[] = [];
  #tables = 0;
  #paragraphs = 0;

  constructor(
    private readonly spaces: 'folded' | 'kept',
    /** Texts of notes by their ids. */
    private readonly notes: ReadonlyMap<string, string>,
  ) {}

  walk(nodes: readonly PageNode[], depth: number): void {
    let inline: PageNode[] = [];
    const flush = () => {
      if (inline.length > 0) this.#paragraph(inline, depth);
      inline = [];
    };
    for (const node of nodes) {
      if (!isElement(node) || !BLOCKS.has(node.tagName)) {
        if (!isElement(node) || !LEFT_OUT_TAGS.has(node.tagName)) inline.push(node);
        continue;
      }
      flush();
      checkDepth(depth);
      if (isNote(node)) continue;
      if (node.tagName === 'table') this.#tableOrLayout(node, depth + 1);
      else if (holdsBlocks(node)) this.walk(node.childNodes, depth + 1);
      else this.#paragraph([node], depth);
    }
    flush();
  }

  /** Reads a table. A table that contains tables is a layout, unless it is a plan with tables in its cells. */
  #tableOrLayout(element: Element, depth: number): void {
    const told = this.repairs.length;
    const table = this.#table(element, depth);
    if (holdsTable(element) && !findHead(table.rows)) {
      // Drop the reports on struck text: `walk` reads the parts of the layout again and reports it.
      this.repairs.length = told;
      this.walk(element.childNodes, depth);
      return;
    }
    for (const child of element.childNodes) {
      if (isElement(child) && child.tagName === 'caption') this.#paragraph([child], depth);
    }
    this.blocks.push(table);
  }

  #paragraph(nodes: readonly PageNode[], depth: number): void {
    const isBlank = nodes.some((node) => isElement(node) && node.tagName === 'p');
    const lines = this.#linesOf(nodes, depth);
    if (lines.length === 0 && !isBlank) return;
    this.#paragraphs += 1;
    const source = `paragraph ${this.#paragraphs}`;
    if (lines.length === 0) this.blocks.push({ kind: 'paragraph', text: '', source });
    for (const { text } of lines) this.blocks.push({ kind: 'paragraph', text, source });
  }

  #table(element: Element, depth: number): Table {
    this.#tables += 1;
    const rows: Row[] = [];
    // Cells of rows above that reach into this row, by column, with the number of rows left.
    const open = new Map<number, { readonly cell: Cell; left: number }>();
    for (const row of rowsOf(element)) {
      const cells: Cell[] = [];
      const covered = () => {
        for (let above = open.get(cells.length); above; above = open.get(cells.length)) {
          above.left -= 1;
          if (above.left === 0) open.delete(cells.length);
          const { cell } = above;
          cells.push({ ...cell, continued: true });
          for (let more = 1; more < cell.span; more += 1) cells.push(NO_CELL);
        }
      };
      for (const cellElement of row.childNodes.filter(isElement)) {
        if (cellElement.tagName !== 'td' && cellElement.tagName !== 'th') continue;
        covered();
        const span = spanOf(cellElement, 'colspan', MAX_HTML_COLUMNS);
        const height = spanOf(cellElement, 'rowspan', MAX_ROW_SPAN);
        const cell = this.#cell(cellElement, span, depth);
        if (height > 1) open.set(cells.length, { cell, left: height - 1 });
        cells.push(cell);
        for (let more = 1; more < span; more += 1) cells.push(NO_CELL);
        if (cells.length > MAX_HTML_COLUMNS) {
          throw new UnreadableDocument(
            null,
            `a table has more than ${MAX_HTML_COLUMNS} columns: this is no table of a plan`,
          );
        }
      }
      covered();
      const source = `table ${this.#tables}, row ${rows.length + 1}`;
      if (cells.length > 0) rows.push({ source, cells, blankBefore: null });
    }
    return { kind: 'table', ragged: false, rows };
  }

  #cell(element: Element, span: number, depth: number): Cell {
    const lines = this.#linesOf(element.childNodes, depth);
    const text = tidied(lines.map((line) => line.text.trim()).join('\n'));
    // mammoth makes a separate list in each cell, so its number is useless. The rows are numbered in sequence instead.
    const numbered = isOneItem(element) && /^(?:-\s*)*\d+\./.test(text);
    const strong = (lines[0]?.strong ?? false) && element.tagName === 'td';
    const notes = lines
      .flatMap((line) => line.notes.map((id) => this.notes.get(id) ?? ''))
      .filter((note) => note !== '');
    const own = numbered ? text.replace(/^(?:-\s*)*\d+\.\s*/, '') : text;
    return { text: own, span, continued: false, strong, numbered, ...(notes.length > 0 ? { notes } : {}) };
  }

  /** Returns the lines that are not blank. List items begin with their number or a dash. */
  #linesOf(nodes: readonly PageNode[], depth: number): Run[] {
    const lines: Run[] = [emptyRun()];
    this.#collect(nodes, lines, false, depth);
    const folded = lines.map(({ text, notes, strong }) => ({
      notes,
      text: this.spaces === 'kept' ? tidied(text).trimEnd() : tidied(text).replace(/\s+/gu, ' ').trim(),
      strong,
    }));
    return folded.filter(({ text }) => text.trim() !== '');
  }

  /** Returns a row of a table within a cell as one line. */
  #rowWithin(row: Element, depth: number): string {
    const cells = row.childNodes.filter(isElement).map((cell) => this.#linesOf(cell.childNodes, depth + 1));
    const text = cells.map((lines) => lines.map((line) => line.text.trim()).join(' ')).filter((cell) => cell !== '');
    return text.length > 0 ? `- ${text.join(' ')}` : '';
  }

  /**
   * Reads a superscript element. The mark of a note is not part of the text. Returns true if the element was handled
   * here. A raised digit behind a digit may be a power or a mistake, so it stays as a raised digit: «05.1²».
   */
  #superscript(element: Element, line: Run | undefined): boolean {
    const text = pageText(element);
    const hrefs = [element, ...descendants(element)].flatMap(({ attrs }) =>
      attrs.filter(({ name }) => name === 'href'),
    );
    const ids = hrefs.flatMap(({ value }) => NOTE_ID.exec(value)?.groups?.id ?? []);
    if (!line) return false;
    line.notes.push(...ids);
    if (ids.length > 0) return true;
    if (!/^[\d*†‡)]{1,3}$/u.test(text)) return false;
    if (/(?:\d[.,]?|(?<!\p{L})[кс]?м)$/u.test(line.text))
      line.text += text.replace(/\d/gu, (digit) => RAISED[Number(digit)] ?? '');
    return true;
  }

  #collect(nodes: readonly PageNode[], lines: Run[], strong: boolean, depth: number): void {
    checkDepth(depth);
    for (const node of nodes) {
      if ('value' in node && node.nodeName === '#text') {
        const line = lines.at(-1);
        if (!line) continue;
        const text = this.spaces === 'kept' ? node.value.replace(/[\r\n]+/g, ' ') : node.value.replace(/\s/gu, ' ');
        if (text.trim() !== '' && !strong) line.strong = false;
        line.text += text;
        continue;
      }
      if (!isElement(node) || LEFT_OUT_TAGS.has(node.tagName)) continue;
      if (STRUCK.has(node.tagName) || isHidden(node)) {
        const text = pageText(node);
        if (text !== '') this.repairs.push({ code: 'STRUCK_LEFT_OUT', text });
        continue;
      }
      if (node.tagName === 'sup' && this.#superscript(node, lines.at(-1))) continue;
      if (node.tagName === 'tr') {
        lines.push(emptyRun(this.#rowWithin(node, depth)), emptyRun());
        continue;
      }
      if (node.tagName === 'br') {
        lines.push(emptyRun());
        continue;
      }
      const isBlock = BLOCKS.has(node.tagName);
      if (isBlock) lines.push(emptyRun(markOf(node)));
      const isStrong = strong || node.tagName === 'strong' || node.tagName === 'b';
      this.#collect(node.childNodes, lines, isStrong, depth + 1);
      if (isBlock) lines.push(emptyRun());
    }
  }
}

function holdsBlocks(element: Element): boolean {
  return descendants(element).some(({ tagName }) => BLOCKS.has(tagName));
}

function checkDepth(depth: number): void {
  if (depth > MAX_HTML_DEPTH)
    throw new UnreadableDocument(null, 'its elements are nested too deep for a page of a plan');
}
