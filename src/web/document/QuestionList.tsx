import { Button } from 'react-aria-components';
import type { PreviewFragment } from '../api/generated/graphql';
import { isDoubtful, NO_READING, type ReadingValues } from '../forms/reading';
import { WordingChoice } from '../forms/WordingChoice';
import { useFirst } from '../parts/useFirst';
import type { RowTarget } from '../plan/rows/useRowWindow';
import { words } from '../words/words';
import { type PreviewedRow, rowId } from './Paper';

/** The readings that a person has chosen for the wordings of rows, by the number of the row. */
export type ChosenReadings = Readonly<Record<string, ReadingValues>>;

/** The unclear points of a document, row by row. The meaning of a wording can be chosen here. */
export function QuestionList({
  plan,
  readings,
  change,
  errors = {},
  onGo,
}: {
  readonly plan: PreviewFragment['plan'];
  readonly readings: ChosenReadings;
  /** Settles a wording. Omitted where questions are only shown. */
  readonly change?: ((row: number, reading: ReadingValues) => void) | undefined;
  /** Refusals of readings by the row that they are about. */
  readonly errors?: Readonly<Record<number, string>>;
  /** Shows a row in the paper. */
  readonly onGo: (target: RowTarget) => void;
}) {
  const { upload } = words;
  const asked = plan.sections.flatMap(({ activities }) => activities.filter(({ needsReview }) => needsReview));
  // Questions that can be answered here come first.
  const inOrder = [...asked.filter(isUnclear), ...asked.filter((row) => !isUnclear(row))];
  const { shown, more } = useFirst(inOrder, {
    least: inOrder.findLastIndex(({ row }) => errors[row] !== undefined) + 1,
  });
  return (
    <section aria-labelledby="questions-title">
      <h2 id="questions-title">
        {upload.questions} <span className="count">{asked.length + plan.reviewReasons.length}</span>
      </h2>
      {asked.length + plan.reviewReasons.length === 0 && <p className="small">{upload.noQuestions}</p>}
      {plan.reviewReasons.length > 0 && (
        <>
          <h3>{upload.whole}</h3>
          <Reasons reasons={plan.reviewReasons} />
        </>
      )}
      <ul className="entries">
        {shown.map((row) => (
          <li key={row.row}>
            <p>
              <strong>
                {row.number === null ? '' : `${row.number}. `}
                {row.title}
              </strong>
            </p>
            <Reasons reasons={row.reviewReasons} />
            {change && isUnclear(row) && (
              <WordingChoice
                timeframe={row.timeframe}
                values={readings[row.row] ?? NO_READING}
                change={(reading) => change(row.row, reading)}
                error={errors[row.row]}
              />
            )}
            <Button
              className="quiet"
              onPress={() => onGo({ id: rowId(row.row) })}
              aria-label={`${upload.goToRow} «${row.title}»`}
            >
              {upload.goToRow}
            </Button>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly { readonly sentence: string }[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="doubts">
      {reasons.map(({ sentence }) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function isUnclear({ timeframe }: PreviewedRow): boolean {
  return isDoubtful(timeframe);
}
