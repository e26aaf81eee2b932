import { useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiError, type UnreadReport } from '../api/ask';
import type { ColumnsInput } from '../api/generated/graphql';
import { Choice } from '../parts/Choice';
import { Problem } from '../parts/Problem';
import { wordFor, words } from '../words/words';

/** Says why a document was not read, and what to do. The columns can be stated for a document that is a plan. */
export function UnreadDocument({
  error,
  again,
  onColumns,
}: {
  readonly error: Error;
  readonly again: () => void;
  readonly onColumns: (columns: ColumnsInput) => void;
}) {
  const why = error instanceof ApiError ? error.unread : undefined;
  if (!why) return <Problem error={error} again={again} />;
  const { unread } = words.upload;
  return (
    <div className="problem unread" role="alert">
      <p>{why.reason in unread ? wordFor(unread, why.reason) : unread.OTHER}</p>
      {why.reason === 'OTHER' && <p className="small">{error.message}</p>}
      {why.reason === 'NO_PLAN' && why.headings.length > 1 && <ColumnFields why={why} onColumns={onColumns} />}
    </div>
  );
}

const NO_COLUMN = '';

function ColumnFields({
  why,
  onColumns,
}: {
  readonly why: UnreadReport;
  readonly onColumns: (columns: ColumnsInput) => void;
}) {
  const { plan, upload } = words;
  const [chosen, setChosen] = useState({ number: NO_COLUMN, activity: '1', time: NO_COLUMN, responsible: NO_COLUMN });
  const columns = why.headings.map((heading, index) => [String(index + 1), heading || `${index + 1}`] as const);
  const fields = [
    ['number', plan.number],
    ['activity', plan.activity],
    ['time', plan.timeframe],
    ['responsible', plan.responsible],
  ] as const;
  return (
    <>
      <p>{upload.columns}</p>
      <div className="filters">
        {fields.map(([name, label]) => (
          <Choice
            key={name}
            label={label}
            value={chosen[name]}
            options={name === 'activity' ? columns : [[NO_COLUMN, upload.none] as const, ...columns]}
            onChange={(value) => setChosen({ ...chosen, [name]: value })}
          />
        ))}
      </div>
      <Button
        onPress={() => {
          const columnOf = (value: string) => (value === NO_COLUMN ? null : Number(value));
          onColumns({
            activity: Number(chosen.activity),
            number: columnOf(chosen.number),
            time: columnOf(chosen.time),
            responsible: columnOf(chosen.responsible),
          });
        }}
      >
        {upload.readSo}
      </Button>
    </>
  );
}
