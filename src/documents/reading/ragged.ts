import { type Cell, cellOf, type Row } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';
import type { Columns } from './columns.js';
import { NUMBER } from './numbers.js';

/**
 * Returns the cells of a text row in the columns of its head. They are assigned from the right if the row has no
 * number, or its number is before the title.
 *
 * @throws UnreadableDocument when the row cannot contain title, timeframe and responsible parties, or has more cells
 *   than the head.
 */
export function placedCells(
  { cells, source }: Row,
  { roles, names }: Columns,
): { readonly placed: readonly Cell[]; readonly hasNumber: boolean } {
  const end = cells.findLastIndex(({ text }) => text !== '') + 1;
  // A row with as many cells as the head has one cell for each column.
  const trimmed = cells.length === names.length ? cells : cells.slice(0, end);
  const isWhole = roles.number !== 0 || trimmed[0]?.text === '' || NUMBER.test(trimmed[0]?.text ?? '');
  const placed = isWhole ? trimmed : [cellOf(''), ...trimmed];
  const last = Math.max(roles.title ?? 0, roles.timeframe ?? 0, roles.responsible ?? 0);
  const shown = cells
    .map(({ text }) => text)
    .join(' | ')
    .slice(0, 120);
  if (placed.length <= last || (placed[roles.title ?? 0]?.text ?? '') === '') {
    throw new UnreadableDocument(
      source,
      `a row of the plan needs title, timeframe and responsible parties in the columns of its head; ${end} cells found: «${shown}»`,
    );
  }
  if (placed.length > names.length) {
    const more = placed.slice(names.length).map(({ text }) => text);
    throw new UnreadableDocument(
      source,
      `${more.length} cells more than the head row has: «${more.join(' | ').slice(0, 120)}»`,
    );
  }
  return { placed, hasNumber: isWhole };
}
