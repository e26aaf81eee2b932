/** Returns the name and the post of a person: «Иванова А.А., методист». A post that repeats the name is left out. */
export function nameAndPost({ name, post }: { readonly name: string | null; readonly post: string | null }): string {
  return distinctTexts([name, post]).join(', ');
}

/** Returns texts without missing ones and without those that repeat an earlier one, in capitals or not. */
export function distinctTexts(texts: readonly (string | null | undefined)[]): string[] {
  const present = texts.filter((text): text is string => typeof text === 'string' && text !== '');
  const lower = present.map((text) => text.toLowerCase());
  return present.filter((_, index) => lower.indexOf(lower[index] ?? '') === index);
}
