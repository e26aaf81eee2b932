/** Returns a text without the characters at its end that are among these. */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** Returns a text without the characters at its beginning that are among these. */
export function withoutBeginning(text: string, signs: string): string {
  let start = 0;
  while (start < text.length && signs.includes(text[start] ?? '')) start += 1;
  return text.slice(start);
}
