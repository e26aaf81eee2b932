/**
 * Returns true if every store returns a text unchanged. SQLite cuts a bound text at NUL, and UTF-8 has no lone surrogates.
 */
export function isExact(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
