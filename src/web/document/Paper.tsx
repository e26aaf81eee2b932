import type { PreviewFragment } from '../api/generated/graphql';
import { Stamps } from '../plan/Stamps';
import { SubItems } from '../plan/SubItems';
import { Timeframe } from '../plan/Timeframe';
import { windowText } from '../words/dates';
import { words } from '../words/words';

/** A row of a document as it would be. */
export type PreviewRow = PreviewFragment['plan']['sections'][number]['activities'][number];

/** Returns the id of a row in the page. */
export function rowAnchor(row: number): string {
  return `row-${row}`;
}

/** The plan of a document as it will be. */
export function Paper({
  preview: { plan, activityCount },
  settled,
}: {
  readonly preview: PreviewFragment;
  /** The rows whose wording is settled. */
  readonly settled: ReadonlySet<number>;
}) {
  return (
    <article className="paper" aria-labelledby="preview-title">
      <Stamps stamps={plan.stamps} />
      <h2 id="preview-title">{plan.title}</h2>
      <p className="edition">
        {plan.period ? windowText(plan.period) : words.upload.noPeriod} · {activityCount} {words.upload.activities}
      </p>
      <table className="rows four">
        <thead>
          <tr>
            <th scope="col">{words.plan.number}</th>
            <th scope="col">{words.plan.activity}</th>
            <th scope="col">{words.plan.timeframe}</th>
            <th scope="col">{words.plan.responsible}</th>
          </tr>
        </thead>
        {plan.sections.map(({ numberText, title, activities }) => (
          <tbody key={`${numberText} ${title} ${activities[0]?.row}`}>
            {`${numberText}${title}` !== '' && (
              <tr className="section">
                <th scope="rowgroup" colSpan={4}>
                  {numberText} {title}
                </th>
              </tr>
            )}
            {activities.map((row) => (
              <Row key={row.row} row={row} isSettled={settled.has(row.row)} />
            ))}
          </tbody>
        ))}
      </table>
    </article>
  );
}

function Row({ row, isSettled }: { readonly row: PreviewRow; readonly isSettled: boolean }) {
  const isAsked = row.needsReview && !isSettled;
  return (
    <tr id={rowAnchor(row.row)} tabIndex={-1} className={isAsked ? 'asked' : undefined}>
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
          <Timeframe timeframe={row.timeframe} />
        )}
      </td>
      <td>{row.responsibleText}</td>
    </tr>
  );
}
