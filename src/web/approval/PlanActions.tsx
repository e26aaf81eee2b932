import { useQuery } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { Link } from 'wouter';
import { viewerQuery } from '../api/queries';
import { ActionButtons } from '../forms/ActionButtons';
import { Done } from '../forms/Done';
import { words } from '../words/words';
import { PLAN_ACTIONS, type PlanHead, waitingSteps } from './catalogue';

const PlanActionForm = lazy(() => import('./PlanActionForm'));

/** The actions that this person may do now with a plan as a whole, and what the plan waits for. */
export function PlanActions({ plan }: { readonly plan: PlanHead }) {
  const { data } = useQuery(viewerQuery);
  const [done, setDone] = useState<string>();
  const allowed = plan.availableActions;
  const offered = PLAN_ACTIONS.filter((action) => allowed.includes(action.name) && action.fits(plan));
  const isCorrectable = allowed.includes('reviseDraft') || allowed.includes('amendFromDocument');
  const waiting = plan.status === 'ON_AGREEMENT' ? waitingSteps(plan) : [];
  return (
    <section aria-label={words.approval.title}>
      {plan.status === 'DRAFT' && plan.remarks && (
        <p className="remarks">
          {words.approval.returned}: {plan.remarks}
        </p>
      )}
      {waiting.length > 0 && (
        <p className="remarks">
          {words.approval.waits}: {waiting.map(({ post }) => post).join(', ')}
        </p>
      )}
      <Done name={done} />
      <ActionButtons
        offered={data ? offered : []}
        onDone={setDone}
        form={(action, close) => (
          <PlanActionForm action={action} plan={plan} ownPost={data?.viewer.post ?? ''} onClose={close} />
        )}
      >
        {isCorrectable && (
          <Link href={`/document/${plan.id}`} className="button">
            {words.approval.correct}
          </Link>
        )}
      </ActionButtons>
    </section>
  );
}
