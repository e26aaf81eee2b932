import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'wouter';
import { viewerQuery } from '../api/queries';
import { words } from '../words/words';
import { openSteps, PLAN_ACTIONS, type Plan, type PlanAction } from './catalogue';

const PlanActionForm = lazy(() => import('./PlanActionForm'));

/** What this person may do now with a plan as a whole, and why it waits. */
export function PlanActions({ plan }: { readonly plan: Plan }) {
  const { data } = useQuery(viewerQuery);
  const [open, setOpen] = useState<PlanAction>();
  const [isDone, setDone] = useState(false);
  const allowed = plan.availableActions;
  const offered = PLAN_ACTIONS.filter((action) => allowed.includes(action.name) && action.fits(plan));
  const isCorrectable = allowed.includes('reviseDraft') || allowed.includes('amendFromDocument');
  const waiting = plan.status === 'ON_AGREEMENT' ? openSteps(plan) : [];
  if (open && data) {
    return (
      <Suspense fallback={<p className="wait">{words.loading}</p>}>
        <PlanActionForm
          action={open}
          plan={plan}
          ownPost={data.viewer.post ?? ''}
          onClose={(done) => {
            setOpen(undefined);
            setDone(done);
          }}
        />
      </Suspense>
    );
  }
  return (
    <section className="actions" aria-label={words.approval.title}>
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
      <p role="status" className="done">
        {isDone && words.form.done}
      </p>
      {offered.map((action, index) => (
        <Button
          key={action.name}
          className={index === 0 ? 'primary' : ''}
          onPress={() => {
            setDone(false);
            setOpen(action);
          }}
        >
          {action.label}
        </Button>
      ))}
      {isCorrectable && (
        <Link href={`/document/${plan.id}`} className="button">
          {words.approval.correct}
        </Link>
      )}
    </section>
  );
}
