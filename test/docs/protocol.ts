/**
 * Returns the statements of a page: each sentence of a paragraph or list item, each row of a table, and each sample.
 * White space is folded.
 */
export function statementsIn(page: string): string[] {
  return page
    .split(/\n{2,}/)
    .filter((block) => !block.startsWith('#'))
    .flatMap((block) => {
      if (block.startsWith('```')) return [folded(block)];
      if (block.startsWith('|')) return block.trim().split('\n').slice(2).map(folded);
      return block.split(/\n(?=- |\d+\. )/).flatMap(sentencesIn);
    });
}

/** A sentence ends with a point before a capital letter, a name in code or bold text. */
function sentencesIn(block: string): string[] {
  return folded(block)
    .split(/(?<=[.!]\)?(?:\*\*)?) (?=\*?\*?[A-Z`«])/)
    .filter((sentence) => sentence !== '');
}

function folded(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
