import type { VirtualItem } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useMemo, useRef } from 'react';
import type { PlanRow } from '../../api/queries';
import { itemsOf, type Section, type TableItem } from './items';
import { useRowWindow } from './useRowWindow';

/** Attributes and ref of the element of a row: its place in the whole table. */
export interface RowProps {
  readonly ref: (line: HTMLTableRowElement | null) => void;
  readonly 'aria-rowindex': number;
  readonly 'data-index': number;
  readonly 'data-key': string;
}

/**
 * A table of the rows of a plan under the headings of their sections. Of a long one only the rows around the window stand
 * in the document; each says its place in the whole.
 */
export function SectionTable({
  className,
  label,
  head,
  columns,
  sections,
  rows,
  openId,
  children,
}: {
  readonly className: string;
  readonly label?: string;
  /** The row of the column headings. */
  readonly head: ReactNode;
  readonly columns: number;
  readonly sections: readonly Section[];
  readonly rows: readonly PlanRow[];
  readonly openId: string | undefined;
  /** Returns the `tr` of a row. */
  readonly children: (row: PlanRow, props: RowProps) => ReactNode;
}) {
  const table = useRef<HTMLTableElement>(null);
  const items = useMemo(() => itemsOf(sections, rows), [sections, rows]);
  const { shown, top, end, measure } = useRowWindow(table, items, openId);
  let reached = top;
  /** Returns a line with the room of those before it that do not stand in the document. */
  const line = ({ index, start, end: after }: VirtualItem, item: TableItem) => {
    const room = start - reached;
    reached = after;
    // The row of the column headings is the first one.
    const props = { ref: measure, 'aria-rowindex': index + 2, 'data-index': index, 'data-key': item.key };
    return (
      <Fragment key={item.key}>
        <Room height={room} columns={columns} />
        {item.row ? (
          children(item.row, props)
        ) : (
          <tr className="section" {...props}>
            <th scope="rowgroup" colSpan={columns}>
              {item.section.numberText} {item.section.title}
            </th>
          </tr>
        )}
      </Fragment>
    );
  };
  const bySection = Map.groupBy(shown, ({ index }) => items[index]?.section.id);
  return (
    <table className={className} aria-label={label} aria-rowcount={items.length + 1} ref={table}>
      <thead>{head}</thead>
      {[...bySection].map(([id, own]) => (
        <tbody key={id}>
          {own.map((each) => {
            const item = items[each.index];
            return item && line(each, item);
          })}
        </tbody>
      ))}
      <tbody>
        <Room height={end - reached} columns={columns} />
      </tbody>
    </table>
  );
}

/** The height of lines that do not stand in the document. */
function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height < 1) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the row is empty and takes no focus.
    <tr className="room" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
