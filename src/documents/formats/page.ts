import type { DefaultTreeAdapterTypes } from 'parse5';

/** A node of a page. */
export type PageNode = DefaultTreeAdapterTypes.ChildNode;
/** An element of a page. */
export type Element = DefaultTreeAdapterTypes.Element;

/** Ids of notes in the HTML of mammoth. */
export const NOTE_ID = /^#?(?<id>(?:foot|end)note-\d+)$/u;

/** Returns true for a note at the end of a document. */
export function isNote(element: Element): boolean {
  return NOTE_ID.test(element.attrs.find(({ name }) => name === 'id')?.value ?? '');
}

/** Returns the texts of notes by their ids, without the sign that leads back. */
export function notesIn(nodes: readonly PageNode[]): ReadonlyMap<string, string> {
  const items = nodes
    .filter(isElement)
    .flatMap((node) => descendants(node))
    .filter(isNote);
  return new Map(
    items.map((item) => [item.attrs.find(({ name }) => name === 'id')?.value ?? '', withoutArrow(pageText(item))]),
  );
}

/** The arrow behind a note leads back to its place. */
function withoutArrow(text: string): string {
  const note = text.trimEnd();
  return note.endsWith('↑') ? note.slice(0, -1).trimEnd() : text;
}

/** Returns true for a cell that holds one item of a numbered list and nothing else. */
export function isOneItem(cell: Element): boolean {
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

/** Returns true for an element that a page does not show. */
export function isHidden(element: Element): boolean {
  const style = element.attrs.find(({ name }) => name === 'style')?.value ?? '';
  return /display\s*:\s*none/i.test(style) || element.attrs.some(({ name }) => name === 'hidden');
}

/** Returns the text within an element, in one line. */
export function pageText(element: Element): string {
  const texts = element.childNodes.map((node) => {
    if ('value' in node && node.nodeName === '#text') return node.value;
    return isElement(node) ? pageText(node) : '';
  });
  return texts.join(' ').replace(/\s+/gu, ' ').trim();
}

/** Returns the mark or number that a list prints before an item; an empty text for any other element. */
export function markOf(node: Element): string {
  const list = node.parentNode;
  if (node.tagName !== 'li' || !list || !('tagName' in list)) return '';
  if (list.tagName !== 'ol') return '- ';
  const items = list.childNodes.filter((child) => isElement(child) && child.tagName === 'li');
  return `${spanOf(list, 'start', 10_000) + items.indexOf(node)}. `;
}

/** Returns the rows of a table, without the rows of nested tables. */
export function rowsOf(table: Element): Element[] {
  return table.childNodes
    .filter(isElement)
    .flatMap((child) =>
      child.tagName === 'tr' ? [child] : child.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'tr'),
    );
}

/** Returns the number in an attribute, from 1 to a maximum; 1 if there is none. */
export function spanOf(element: Element, name: string, most: number): number {
  const value = Number(element.attrs.find((attribute) => attribute.name === name)?.value ?? '1');
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : 1;
}

/** Returns true for an element with a table within. */
export function holdsTable(element: Element): boolean {
  return descendants(element).some(({ tagName }) => tagName === 'table');
}

/** Returns all elements within an element. */
export function descendants(element: Element): Element[] {
  const found: Element[] = [];
  const waiting = [...element.childNodes];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    found.push(node);
    waiting.push(...node.childNodes);
  }
  return found;
}

/** Returns true for an element, rather than a text. */
export function isElement(node: PageNode): node is Element {
  return 'tagName' in node;
}
