import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { type Block, type Cell, type DocumentContent, NO_CELL, type Repair, type Row, type Table } from '../model.js';
import { findHead } from '../reading/columns.js';
import { UnreadableDocument } from '../unreadable.js';
import { decoded } from './lines.js';
import { tidied } from './tidy.js';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements within each other; a page nests a dozen. */
const MAX_DEPTH = 200;
/** Columns of a table: a plan has a handful. */
const MAX_COLUMNS = 100;
/** Rows that one cell may span. */
const MAX_ROW_SPAN = 5_000;

const LEFT_OUT = new Set([
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
/** Text that is struck out holds no more. */
const STRUCK = new Set(['del', 's', 'strike']);
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Reads a page. */
export function readHtml(bytes: Uint8Array): DocumentContent {
  const { text, repairs } = decoded(bytes);
  const page = blocksOfHtml(text, 'folded');
  return { reader: 'html-1', blocks: page.blocks, repairs: [...repairs, ...page.repairs] };
}

/**
 * The paragraphs and tables of a page. A table that holds others is a layout: its cells are read as parts of the page.
 *
 * @param spaces `kept` for a page made of a word processor's document, whose runs of spaces part columns.
 * @throws UnreadableDocument for elements nested without end.
 */
export function blocksOfHtml(html: string, spaces: 'folded' | 'kept'): Pick<DocumentContent, 'blocks' | 'repairs'> {
  const reader = new Reader(spaces);
  reader.walk(parse(html).childNodes, 0);
  return { blocks: reader.blocks, repairs: reader.repairs };
}

/** A line of text being put together. */
interface Run {
  text: string;
  /** Whether everything in it is bold. */
  strong: boolean;
}

class Reader {
  readonly blocks: Block[] = [];
  readonly repairs: Repair[] = [];
  #tables = 0;
  #paragraphs = 0;

  constructor(private readonly spaces: 'folded' | 'kept') {}

  walk(nodes: readonly Node[], depth: number): void {
    let inline: Node[] = [];
    const flush = () => {
      if (inline.length > 0) this.#paragraph(inline, depth);
      inline = [];
    };
    for (const node of nodes) {
      if (!isElement(node) || !BLOCKS.has(node.tagName)) {
        if (!isElement(node) || !LEFT_OUT.has(node.tagName)) inline.push(node);
        continue;
      }
      flush();
      checkDepth(depth);
      if (node.tagName === 'table') this.#tableOrLayout(node, depth + 1);
      else if (holdsBlocks(node)) this.walk(node.childNodes, depth + 1);
      else this.#paragraph([node], depth);
    }
    flush();
  }

  /** A table that holds others is a layout, unless it is a plan whose cells hold them. */
  #tableOrLayout(element: Element, depth: number): void {
    const told = this.repairs.length;
    const table = this.#table(element, depth);
    if (holdsTable(element) && !findHead(table.rows)) {
      // What is struck out in its parts is told when they are read.
      this.repairs.length = told;
      this.walk(element.childNodes, depth);
      return;
    }
    for (const child of element.childNodes) {
      if (isElement(child) && child.tagName === 'caption') this.#paragraph([child], depth);
    }
    this.blocks.push(table);
  }

  #paragraph(nodes: readonly Node[], depth: number): void {
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
    // What cells above still cover: column → cell and rows left.
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
        const span = number(cellElement, 'colspan', MAX_COLUMNS);
        const height = number(cellElement, 'rowspan', MAX_ROW_SPAN);
        const cell = this.#cell(cellElement, span, depth);
        if (height > 1) open.set(cells.length, { cell, left: height - 1 });
        cells.push(cell);
        for (let more = 1; more < span; more += 1) cells.push(NO_CELL);
        if (cells.length > MAX_COLUMNS) {
          throw new UnreadableDocument(
            null,
            `a table has more than ${MAX_COLUMNS} columns: this is no table of a plan`,
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
    // mammoth gives each cell a list of its own, so that its number says nothing: the table is counted through.
    const numbered = isOneItem(element) && /^(?:-\s*)*\d+\./.test(text);
    const strong = (lines[0]?.strong ?? false) && element.tagName === 'td';
    return { text: numbered ? text.replace(/^(?:-\s*)*\d+\.\s*/, '') : text, span, continued: false, strong, numbered };
  }

  /** Lines that are not blank; items of lists begin with their number or a dash. */
  #linesOf(nodes: readonly Node[], depth: number): Run[] {
    const lines: Run[] = [{ text: '', strong: true }];
    this.#collect(nodes, lines, false, depth);
    const folded = lines.map(({ text, strong }) => ({
      text: this.spaces === 'kept' ? tidied(text).trimEnd() : tidied(text).replace(/\s+/gu, ' ').trim(),
      strong,
    }));
    return folded.filter(({ text }) => text.trim() !== '');
  }

  #collect(nodes: readonly Node[], lines: Run[], strong: boolean, depth: number): void {
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
      if (!isElement(node) || LEFT_OUT.has(node.tagName)) continue;
      if (STRUCK.has(node.tagName) || isHidden(node)) {
        const text = textIn(node);
        if (text !== '') this.repairs.push({ code: 'STRUCK_LEFT_OUT', text });
        continue;
      }
      if (node.tagName === 'br') {
        lines.push({ text: '', strong: true });
        continue;
      }
      const isBlock = BLOCKS.has(node.tagName);
      if (isBlock) lines.push({ text: markOf(node), strong: true });
      const isStrong = strong || node.tagName === 'strong' || node.tagName === 'b';
      this.#collect(node.childNodes, lines, isStrong, depth + 1);
      if (isBlock) lines.push({ text: '', strong: true });
    }
  }
}

/** True for a cell that holds one item of a numbered list and nothing else. */
function isOneItem(cell: Element): boolean {
  const [only, ...more] = cell.childNodes.filter(
    (node) => isElement(node) || ('value' in node && node.value.trim() !== ''),
  );
  if (!only || more.length > 0 || !isElement(only)) return false;
  const within = [only, ...descendants(only)];
  const items = within.filter(({ tagName, childNodes }) => {
    const holds = childNodes.some((child) => isElement(child) && (child.tagName === 'ol' || child.tagName === 'ul'));
    return tagName === 'li' && !holds;
  });
  return items.length === 1 && within.some(({ tagName }) => tagName === 'ol');
}

function isHidden(element: Element): boolean {
  const style = element.attrs.find(({ name }) => name === 'style')?.value ?? '';
  return /display\s*:\s*none/i.test(style) || element.attrs.some(({ name }) => name === 'hidden');
}

function textIn(element: Element): string {
  const texts = element.childNodes.map((node) => {
    if ('value' in node && node.nodeName === '#text') return node.value;
    return isElement(node) ? textIn(node) : '';
  });
  return texts.join(' ').replace(/\s+/gu, ' ').trim();
}

/** What a list prints before an item. */
function markOf(node: Element): string {
  const list = node.parentNode;
  if (node.tagName !== 'li' || !list || !('tagName' in list)) return '';
  if (list.tagName !== 'ol') return '- ';
  const items = list.childNodes.filter((child) => isElement(child) && child.tagName === 'li');
  return `${number(list, 'start', 10_000) + items.indexOf(node)}. `;
}

function rowsOf(table: Element): Element[] {
  return table.childNodes
    .filter(isElement)
    .flatMap((child) =>
      child.tagName === 'tr' ? [child] : child.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'tr'),
    );
}

function number(element: Element, name: string, most: number): number {
  const value = Number(element.attrs.find((attribute) => attribute.name === name)?.value ?? '1');
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : 1;
}

function holdsTable(element: Element): boolean {
  return descendants(element).some(({ tagName }) => tagName === 'table');
}

function holdsBlocks(element: Element): boolean {
  return descendants(element).some(({ tagName }) => BLOCKS.has(tagName));
}

function descendants(element: Element): Element[] {
  const found: Element[] = [];
  const waiting = [...element.childNodes];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    found.push(node);
    waiting.push(...node.childNodes);
  }
  return found;
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new UnreadableDocument(null, 'its elements are nested too deep for a page of a plan');
}
