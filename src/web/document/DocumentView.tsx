import { CorrectionView } from './CorrectionView';
import { NewPlan } from './NewPlan';

/** A document that becomes a plan, or that corrects one. */
export default function DocumentView({ planId }: { readonly planId: string | undefined }) {
  return planId === undefined ? <NewPlan /> : <CorrectionView planId={planId} />;
}
