import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words';

/** Number of items that are shown at first, and that the button adds. */
const PAGE = 50;

/**
 * Returns the first items of a long list, and the button that shows more; no button if all are shown.
 *
 * @param least minimum number of shown items.
 */
export function useFirst<Item>(
  items: readonly Item[],
  { page = PAGE, least = 0 } = {},
): { readonly shown: readonly Item[]; readonly more: ReactNode } {
  const [asked, setAsked] = useState(page);
  const most = Math.max(asked, least);
  const more = items.length > most && (
    <Button onPress={() => setAsked(most + page)}>
      {`${words.list.more} (${words.plan.shown.toLowerCase()} ${most} ${words.plan.of} ${items.length})`}
    </Button>
  );
  return { shown: items.slice(0, most), more };
}
