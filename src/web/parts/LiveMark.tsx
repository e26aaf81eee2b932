import type { LiveState } from '../api/live';
import { words } from '../words/words';

/** A dot that says whether changes arrive as they happen. */
export function LiveMark({ live }: { readonly live: LiveState }) {
  return (
    <span className={`live live-${live}`} role="img" aria-label={live === 'live' ? words.live : words.connecting} />
  );
}
