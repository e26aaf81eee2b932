import { memo, useMemo } from 'react';
import type { PreviewFragment } from '../api/generated/graphql';
import { type RowProps, SectionTable } from '../plan/rows/SectionTable';
import type { RowTarget } from '../plan/rows/useRowWindow';
import { Stamps } from '../plan/Stamps';
import { SubItems } from '../plan/SubItems';
import { TimeframeText } from '../plan/TimeframeText';
import { dayRangeText } from '../words/dates';
import { words } from '../words/words';

/** A row of a document as it would be. */
export type PreviewedRow = PreviewFragment['plan']['sections'][number]['activities'][number];

/** Returns the id of a row in the table. */
export function rowId(row: number): string {
  return `row-${row}`;
}

/** The plan of a document as it will be. */
export function Paper({
  preview: { plan, activityCount },
  settled,
  target,
}: {
  readonly preview: PreviewFragment;
  /** The rows whose wordings are confirmed. */
  readonly settled?: ReadonlySet<number>;
  readonly target: RowTarget | undefined;
}) {
  const { sections, rows } = useMemo(() => previewTable(plan), [plan]);
  const head = (
    <tr aria-rowindex={1}>
      <th scope="col">{words.plan.number}</th>
      <th scope="col">{words.plan.activity}</th>
      <th scope="col">{words.plan.timeframe}</th>
      <th scope="col">{words.plan.responsible}</th>
    </tr>
  );
  return (
    <article className="paper" aria-labelledby="preview-title">
      <Stamps stamps={plan.stamps} />
      <h2 id="preview-title">{plan.title}</h2>
      <p className="edition">
        {plan.period ? dayRangeText(plan.period) : words.upload.noPeriod} · {activityCount} {words.upload.activities}
      </p>
      <SectionTable className="rows four" columns={4} head={head} sections={sections} rows={rows} target={target}>
        {(row, place) => <PreviewTableRow row={row} isSettled={settled?.has(row.row) ?? false} {...place} />}
      </SectionTable>
    </article>
  );
}

/** Returns the sections and rows of a document with ids for the table. */
function previewTable(plan: PreviewFragment['plan']) {
  const sections = plan.sections.map((section, index) => ({ ...section, id: `section-${index}` }));
  const rows = sections.flatMap(({ id: sectionId, activities }) =>
    activities.map((row) => ({ ...row, id: rowId(row.row), sectionId })),
  );
  return { sections, rows };
}

const PreviewTableRow = memo(function PreviewTableRow({
  row,
  isSettled,
  ...place
}: RowProps & { readonly row: PreviewedRow; readonly isSettled: boolean }) {
  const isAsked = row.needsReview && !isSettled;
  return (
    <tr tabIndex={-1} className={isAsked ? 'asked' : undefined} {...place}>
      <td className="number">{row.number}</td>
      <td>
        {row.title}
        <SubItems items={row.subItems} />
      </td>
      <td>
        {isSettled ? (
          <>
            <span className="printed">{row.timeframe.text}</span>
            <span className="small">{words.upload.settled}</span>
          </>
        ) : (
          <TimeframeText timeframe={row.timeframe} />
        )}
      </td>
      <td>{row.responsibleText}</td>
    </tr>
  );
});
