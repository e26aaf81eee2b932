import { useState } from 'react';
import { type NoteKey, parseKey } from './note';

/** The key is public, so it may stay in the browser: a person compares it with the published one once. */
const PLACE = 'letopis.logKey';

/** What a person has typed as the published key of the log. */
interface TypedKey {
  readonly text: string;
  /** Undefined when the text is empty or no key. */
  readonly key: NoteKey | undefined;
  readonly setText: (text: string) => void;
}

/** Returns the key that the person trusts, which the browser remembers once it is whole. */
export function useTrustedKey(): TypedKey {
  const [text, setText] = useState(remembered);
  return {
    text,
    key: parseKey(text),
    setText: (typed) => {
      setText(typed);
      if (typed.trim() === '' || parseKey(typed)) remember(typed.trim());
    },
  };
}

function remembered(): string {
  try {
    return localStorage.getItem(PLACE) ?? '';
  } catch {
    return '';
  }
}

function remember(text: string): void {
  try {
    if (text === '') localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, text);
  } catch {
    // The browser stores nothing in this mode: the key counts as long as it stands in the field.
  }
}
