import { lazy, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import type { EntryFragment } from '../api/generated/graphql';
import { words } from '../words/words';

const EntryFindings = lazy(() => import('../proof/EntryFindings'));

/** A button that checks an entry against the signed log, and the result below it. */
export function EntryCheck({ entry }: { readonly entry: EntryFragment }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {isOpen ? words.trail.hideCheck : words.trail.check}
      </Button>
      {isOpen && (
        <div className="check-result">
          <Suspense fallback={<p className="small">{words.loading}</p>}>
            <EntryFindings entry={entry} />
          </Suspense>
        </div>
      )}
    </>
  );
}
