import { useEffect } from 'react';
import { words } from '../words/words';

/** Shows the name of the view in the title of the window. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? words.letopis : `${title} · ${words.letopis}`;
  }, [title]);
}
