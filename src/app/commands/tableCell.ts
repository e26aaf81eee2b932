/** Returns a text as one cell of a printed table, whose columns are separated by tabs. A line break becomes «⏎». */
export function tableCell(text: string): string {
  return text.replace(/[\t\n]/g, (mark) => (mark === '\n' ? '⏎' : ' '));
}
