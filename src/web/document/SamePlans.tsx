import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask } from '../api/ask';
import { PlansDocument } from '../api/generated/graphql';
import { OVERVIEW_KEY, planQuery } from '../api/queries';
import { StatusBadge } from '../parts/Badge';
import { words } from '../words/words';

/** The plans to which a document may belong: the plan from which it was exported, and plans with the same title. */
export function SamePlans({
  title,
  exportedFrom,
  organisationId,
  onCorrect,
}: {
  readonly title: string;
  readonly exportedFrom: string | null;
  readonly organisationId: string;
  /** Is called before the correction of a plan is opened. */
  readonly onCorrect: (planId: string) => void;
}) {
  const { upload } = words;
  const source = useQuery({ ...planQuery(exportedFrom ?? ''), enabled: exportedFrom !== null });
  const named = useQuery({
    queryKey: [...OVERVIEW_KEY, 'plans of title', title, organisationId],
    queryFn: async () =>
      (await ask(PlansDocument, { text: title, organisationId: organisationId || null })).plans.nodes,
  });
  const found = source.data
    ? [source.data]
    : (named.data ?? []).filter((plan) => plan.title === title).slice(0, SHOWN_PLANS);
  if (found.length === 0) return null;
  return (
    <div className="same">
      <p>{source.data ? upload.exported : upload.same}</p>
      <ul>
        {found.map((plan) => (
          <li key={plan.id}>
            <Link href={`/plan/${plan.id}`}>{plan.title}</Link> <StatusBadge status={plan.status} />{' '}
            <Link href={`/document/${plan.id}`} onClick={() => onCorrect(plan.id)}>
              {upload.intoIt}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

const SHOWN_PLANS = 3;
