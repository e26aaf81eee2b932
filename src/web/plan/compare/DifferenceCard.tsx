import { Link } from 'wouter';
import { EntryItem } from '../../activity/ActivityHistory';
import type { CompareQuery } from '../../api/generated/graphql';
import { words } from '../../words/words';

type DifferingRow = NonNullable<CompareQuery['compare']>['rows'][number];
type PrintedSide = NonNullable<DifferingRow['before']>;

/** A row of a plan that differs between two sides, with both versions and the changes that caused the difference. */
export function DifferenceCard({
  row,
  planId,
  from,
  to,
}: {
  readonly row: DifferingRow;
  readonly planId: string;
  /** The sides in words. */
  readonly from: string;
  readonly to: string;
}) {
  const { activityId, changes, before, after, wording, evidenceBefore, evidenceAfter, entries } = row;
  const { number, text } = after ?? before ?? { number: null, text: '' };
  const [title = ''] = text.split('\n');
  return (
    <section className="card" aria-labelledby={activityId}>
      <h2 id={activityId}>
        <Link href={`/plan/${planId}/${activityId}`}>
          {number && `${number}. `}
          {title}
        </Link>{' '}
        {changes.map((change) => (
          <span className="badge now" key={change}>
            {words.compare.changes[change]}
          </span>
        ))}
      </h2>
      <table className="compared">
        <thead>
          <tr>
            <th scope="col">{words.compare.what}</th>
            <th scope="col">
              {words.compare.before} <span className="small">{from}</span>
            </th>
            <th scope="col">
              {words.compare.after} <span className="small">{to}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {before?.text !== after?.text && (
            <tr>
              <th scope="row">{words.plan.activity}</th>
              <td>{before && <WordingSide row={before} parts={wording} side="REMOVED" />}</td>
              <td>{after && <WordingSide row={after} parts={wording} side="ADDED" />}</td>
            </tr>
          )}
          {COMPARED_PARTS.map(([label, part]) => (
            <ComparedLine key={label} label={label} before={before && part(before)} after={after && part(after)} />
          ))}
          {changes.includes('EVIDENCE') && (
            <ComparedLine
              label={words.compare.evidence}
              before={evidenceBefore && (words.evidence[evidenceBefore] || words.compare.unmarked)}
              after={evidenceAfter && (words.evidence[evidenceAfter] || words.compare.unmarked)}
            />
          )}
        </tbody>
      </table>
      <ol className="entries">
        {entries.map((entry) => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

const COMPARED_PARTS: readonly (readonly [string, (row: PrintedSide) => string | null | undefined])[] = [
  [words.plan.number, ({ number }) => number],
  [words.plan.timeframe, ({ timeframeText }) => timeframeText],
  [words.plan.responsible, ({ responsibleText }) => responsibleText],
  [words.compare.section, ({ sectionTitle }) => sectionTitle],
];

type Value = string | null | undefined;

function ComparedLine({
  label,
  before,
  after,
}: {
  readonly label: string;
  readonly before: Value;
  readonly after: Value;
}) {
  if (before === after) return null;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{before && <del>{before}</del>}</td>
      <td>{after && <ins>{after}</ins>}</td>
    </tr>
  );
}

/** The text of one side. Words that are missing on the other side are marked. */
function WordingSide({
  row,
  parts,
  side,
}: {
  readonly row: PrintedSide;
  readonly parts: DifferingRow['wording'];
  readonly side: 'REMOVED' | 'ADDED';
}) {
  if (parts.length === 0) return row.text;
  const Mark = side === 'REMOVED' ? 'del' : 'ins';
  const own = parts.filter(({ change }) => change === null || change === undefined || change === side);
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name than their place.
  return own.map(({ text, change }, index) => (change ? <Mark key={index}>{text}</Mark> : text));
}
