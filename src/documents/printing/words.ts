import { diffArrays } from 'diff';

/** A part of a text that was removed, added, or is unchanged. */
export interface TextPart {
  readonly text: string;
  readonly change: 'removed' | 'added' | null;
}

/** Returns the differences of two texts by words. Adjacent words are one change. */
export function wordDifferences(before: string, after: string): TextPart[] {
  const parts: TextPart[] = [];
  let [removed, added, space] = ['', '', ''];
  const close = () => {
    const changed = [
      { text: removed, change: 'removed' },
      { text: added, change: 'added' },
      { text: space, change: null },
    ] as const;
    parts.push(...changed.filter(({ text }) => text !== ''));
    [removed, added, space] = ['', '', ''];
  };
  for (const change of diffArrays(wordsOf(before), wordsOf(after))) {
    const text = change.value.join('');
    if (change.removed || change.added) {
      removed += space + (change.removed ? text : '');
      added += space + (change.added ? text : '');
      space = '';
    } else if (text.trim() === '' && removed + added !== '') {
      space = text;
    } else {
      close();
      parts.push({ text, change: null });
    }
  }
  close();
  return parts;
}

/** Words, signs and spaces. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}
