/**
 * A printed text without signs that only its typesetting needs: soft hyphens and zero-width signs go, hyphens and minus
 * signs that do not break are plain ones, and a word parted at the end of a line is whole again.
 */
export function tidied(text: string): string {
  return text
    .replace(/\u00AD|\u200B|\u200C|\u200D|\u2060|\uFEFF/g, '')
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replaceAll('\u00A0', ' ')
    .replace(/(?<=[а-яё])-\n(?=[а-яё])/gu, '');
}
