import { longDayText } from '../words/dates';
import { words } from '../words/words';

/** Says that what follows is the past, so that nobody takes it for the present, on paper too. */
export function PastMark({ day }: { readonly day: string }) {
  return (
    <p className="past-mark">
      {words.past.mark} {longDayText(day)}
    </p>
  );
}
