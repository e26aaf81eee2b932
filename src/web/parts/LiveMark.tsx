import type { LiveState } from '../api/live';
import { words } from '../words/words';

/** A dot that shows whether changes arrive live. */
export function LiveMark({ live }: { readonly live: LiveState }) {
  return (
    <span className={`live live-${live}`} role="img" aria-label={live === 'live' ? words.live : words.connecting} />
  );
}
