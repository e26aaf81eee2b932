/** Returns a text without any of these characters at its end. */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** Returns a text without any of these characters at its beginning. */
export function withoutBeginning(text: string, signs: string): string {
  let start = 0;
  while (start < text.length && signs.includes(text[start] ?? '')) start += 1;
  return text.slice(start);
}
