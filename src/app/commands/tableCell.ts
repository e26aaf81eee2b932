/** Returns a text as one cell of a printed table, whose columns are parted by tabs: ⏎ for a line break. */
export function tableCell(text: string): string {
  return text.replace(/[\t\n]/g, (mark) => (mark === '\n' ? '⏎' : ' '));
}
