import { words } from '../words/words';

/** A field before and after a change; null or missing if it did not exist. */
interface ChangedField {
  readonly path: string;
  readonly label: string;
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
}

/** Why an entry was made, on which basis, and what it changed. Missing parts are left out. */
export function EntryDetails({
  reason,
  basis,
  changes,
}: {
  readonly reason: string | null | undefined;
  /** The basis in words. */
  readonly basis: string | null | undefined;
  readonly changes: readonly ChangedField[];
}) {
  const { activity } = words;
  return (
    <>
      {reason && (
        <p className="small">
          {activity.reason}: {reason}
        </p>
      )}
      {basis && (
        <p className="small">
          {activity.basis}: {basis}
        </p>
      )}
      {changes.length > 0 && (
        <details>
          <summary>{activity.changes}</summary>
          <dl className="changes">
            {changes.map(({ path, label, before, after }) => (
              <div key={path}>
                <dt>{label}</dt>
                <dd>
                  {before && <del>{before}</del>} {after && <ins>{after}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
