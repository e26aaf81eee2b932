import { words } from '../words/words';

/** A field before and after a change; nothing where it was not there. */
interface ChangedField {
  readonly path: string;
  readonly label: string;
  readonly before?: string | null | undefined;
  readonly after?: string | null | undefined;
}

/** Why an entry was made, on which basis, and what it changed. What an entry does not have is left out. */
export function EntryDetails({
  reason,
  basis,
  changes,
}: {
  readonly reason: string | null | undefined;
  /** In words. */
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
