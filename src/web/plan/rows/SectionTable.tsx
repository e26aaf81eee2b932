import { Fragment, type ReactNode, useMemo, useRef } from 'react';
import { type SectionRow, type TableSection, tableItems } from './items';
import { type RowTarget, useRowWindow } from './useRowWindow';

/** Attributes and ref of the element of a row: its place in the whole table. */
export interface RowProps {
  readonly ref: (line: HTMLTableRowElement | null) => void;
  readonly 'aria-rowindex': number;
  readonly 'data-index': number;
  readonly 'data-key': string;
}

/**
 * A table of the rows of a plan under the headings of their sections. Of a long table only the rows around the visible
 * part are in the document. Each row has its position in the whole table.
 */
export function SectionTable<Row extends SectionRow>({
  className,
  label,
  head,
  columns,
  sections,
  rows,
  openId,
  target,
  children,
}: {
  readonly className: string;
  readonly label?: string;
  /** The row of the column headings. */
  readonly head: ReactNode;
  readonly columns: number;
  readonly sections: readonly TableSection[];
  readonly rows: readonly Row[];
  readonly openId?: string | undefined;
  readonly target?: RowTarget | undefined;
  /** Returns the `tr` of a row. */
  readonly children: (row: Row, props: RowProps) => ReactNode;
}) {
  const table = useRef<HTMLTableElement>(null);
  const items = useMemo(() => tableItems(sections, rows), [sections, rows]);
  const { shown, top, end, measure } = useRowWindow(table, items, openId, target);
  const lines = shown.flatMap(({ index, start }, at) => {
    const item = items[index];
    return item ? [{ item, index, room: start - (shown[at - 1]?.end ?? top) }] : [];
  });
  const roomBelow = end - (shown.at(-1)?.end ?? top);
  return (
    <table className={className} aria-label={label} aria-rowcount={items.length + 1} ref={table}>
      <thead>{head}</thead>
      {[...Map.groupBy(lines, ({ item }) => item.section)].map(([section, own]) => (
        <tbody key={section.id}>
          {own.map(({ item: { key, row }, index, room }) => {
            // The row of the column headings is the first one.
            const place = { ref: measure, 'aria-rowindex': index + 2, 'data-index': index, 'data-key': key };
            return (
              <Fragment key={key}>
                {room >= 1 && <Room height={room} columns={columns} />}
                {row ? (
                  children(row, place)
                ) : (
                  <tr className="section" {...place}>
                    <th scope="rowgroup" colSpan={columns}>
                      {section.numberText} {section.title}
                    </th>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      ))}
      {roomBelow >= 1 && (
        <tbody>
          <Room height={roomBelow} columns={columns} />
        </tbody>
      )}
    </table>
  );
}

/** Empty space with the height of the lines that are not in the document. */
function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the row is empty and takes no focus.
    <tr className="room" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
