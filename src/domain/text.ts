/** Longest title in a sentence of the audit trail, in characters. */
const MAX_QUOTED = 90;

/** Returns the text, cut off with an ellipsis where it is too long to be quoted in a sentence. */
export function shortened(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).trimEnd()}…` : text;
}
