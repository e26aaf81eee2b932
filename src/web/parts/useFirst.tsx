import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words';

/** Items that are shown at first, and added by the button. */
const PAGE = 50;

/**
 * Returns the first items of a long list, and the button that shows more of them; nothing when all are shown.
 *
 * @param least how many are shown at least.
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
