/** Longest title in a sentence of the audit trail, in characters. */
const MAX_QUOTED = 90;

/** Returns a text for quotation in a sentence. A text that is too long is cut off with an ellipsis. */
export function quotable(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).trimEnd()}…` : text;
}
