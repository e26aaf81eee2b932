import { useState } from 'react';
import { savedText, store } from '../parts/stored';
import { type NoteKey, parseKey } from './note';

/** The key is public, so the browser may store it. The user needs to compare it with the published key only once. */
const KEY_PLACE = 'letopis.logKey';
const SOURCE_PLACE = 'letopis.logKeyIsPublished';

/** The published key of the log, as the user has typed it. */
export interface TypedKey {
  readonly text: string;
  /** Undefined when the text is empty or no key. */
  readonly key: NoteKey | undefined;
  readonly setText: (text: string) => void;
  /** True if the user states that the key does not come from the server or the file. */
  readonly isPublished: boolean;
  readonly setPublished: (isPublished: boolean) => void;
}

/** Degree of trust in the key of a check. `OWN`: it may be the key that the server or the file itself states. */
export type KeyTrust = 'NONE' | 'OWN' | 'PUBLISHED';

/** Returns the key that the person trusts, which the browser remembers once it is whole. */
export function useTrustedKey(): TypedKey {
  const [text, setText] = useState(() => savedText(KEY_PLACE));
  const [isPublished, setPublished] = useState(() => savedText(SOURCE_PLACE) === 'yes');
  const key = parseKey(text);
  const savePublished = (published: boolean) => {
    setPublished(published);
    store(SOURCE_PLACE, published ? 'yes' : '');
  };
  return {
    text,
    key,
    isPublished,
    setPublished: savePublished,
    setText: (typed) => {
      setText(typed);
      // The user has stated the source of the former key, not of this one.
      if (typed.trim() !== text.trim()) savePublished(false);
      if (typed.trim() === '' || parseKey(typed)) store(KEY_PLACE, typed.trim());
    },
  };
}

/** Returns how far the typed key can be trusted. */
export function trustOf({ key, isPublished }: TypedKey): KeyTrust {
  if (!key) return 'NONE';
  return isPublished ? 'PUBLISHED' : 'OWN';
}
