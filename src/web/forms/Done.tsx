import { useEffect, useRef } from 'react';
import { wordFor, words } from '../words/words';

/**
 * The result of the last action, and what happens next. It scrolls into view, and gets the focus from the closed form.
 */
export function Done({ name }: { readonly name: string | undefined }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (name === undefined) return;
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [name]);
  return (
    <p role="status" className="done" ref={place} tabIndex={-1}>
      {name !== undefined && wordFor(words.next, name)}
    </p>
  );
}
