import { longDayText } from '../words/dates';
import { words } from '../words/words';

/** A mark that the plan is shown in a past state, also on paper. */
export function PastMark({ day }: { readonly day: string }) {
  return (
    <p className="past-mark">
      {words.past.mark} {longDayText(day)}
    </p>
  );
}
