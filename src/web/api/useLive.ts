import { useEffect, useState } from 'react';
import { followChanges, type LiveState } from './live';
import { queries } from './queries';

/** Follows the changes while the page is shown. Returns whether they arrive. */
export function useLive(position: string): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => followChanges(position, setState), [position]);
  useEffect(() => nextDay(), []);
  return state;
}

/** Timing changes at midnight without an event. The organisations live in several time zones: look at every hour. */
function nextDay(): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    timer = setTimeout(
      () => {
        void queries.invalidateQueries();
        wait();
      },
      3_600_000 - (Date.now() % 3_600_000) + 2_000,
    );
  };
  wait();
  return () => clearTimeout(timer);
}
