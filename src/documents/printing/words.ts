import { diffArrays } from 'diff';

/** A part of a text that was taken out, put in, or stays. */
export interface TextPart {
  readonly text: string;
  readonly change: 'removed' | 'added' | null;
}

/** What became of a text, word by word, as a reader sees it. */
export function wordDifferences(before: string, after: string): TextPart[] {
  return diffArrays(wordsOf(before), wordsOf(after)).map(({ value, removed, added }) => ({
    text: value.join(''),
    change: removed ? 'removed' : added ? 'added' : null,
  }));
}

/** Words, signs and spaces. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}
