import { diffArrays } from 'diff';

/** A part of a text that was removed, added, or is unchanged. */
export interface TextPart {
  readonly text: string;
  readonly change: 'removed' | 'added' | null;
}

/** Maximum sum of removed and added words. The time of a comparison grows with the square of their number. */
const MAX_CHANGED_WORDS = 200;

/**
 * Returns the differences of two texts by words. Adjacent words are one change. When the changed words are more than
 * {@link MAX_CHANGED_WORDS}, everything between the common beginning and the common end is one change.
 */
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
  for (const change of wordChangesOf(wordsOf(before), wordsOf(after))) {
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

/** Words in a row that were removed, added, or are unchanged. */
interface WordChange {
  readonly value: readonly string[];
  readonly removed: boolean;
  readonly added: boolean;
}

function wordChangesOf(before: readonly string[], after: readonly string[]): readonly WordChange[] {
  return diffArrays([...before], [...after], { maxEditLength: MAX_CHANGED_WORDS }) ?? wholeChange(before, after);
}

/** Returns one change of all words between the common beginning and the common end. */
function wholeChange(before: readonly string[], after: readonly string[]): WordChange[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const changes = [
    { value: before.slice(0, start), removed: false, added: false },
    { value: before.slice(start, before.length - end), removed: true, added: false },
    { value: after.slice(start, after.length - end), removed: false, added: true },
    { value: before.slice(before.length - end), removed: false, added: false },
  ];
  return changes.filter(({ value }) => value.length > 0);
}

/** Splits a text into words, runs of spaces, and single signs. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}
