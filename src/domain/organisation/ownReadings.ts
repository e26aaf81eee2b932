import { ownValue } from '../objects.js';

/** A printed text with what a person of the organisation has confirmed about it. */
interface OwnReading {
  /** The text as printed. */
  readonly text: string;
}

/** What an organisation has confirmed about printed texts, by {@link wordingKey}. */
export type OwnReadings<Reading extends OwnReading> = Readonly<Record<string, Reading>>;

/**
 * Returns the key of a printed text. It is the same for texts that differ only in capitals, in «ё» and «е», in the kind
 * of dash, in white space, or in punctuation at the ends.
 */
export function wordingKey(text: string): string {
  const plain = text.toLocaleLowerCase('ru').replaceAll('ё', 'е').replace(/[–—−]/g, '-').replace(/\s+/g, ' ');
  let [start, end] = [0, plain.length];
  while (start < end && EDGE_MARKS.includes(plain.charAt(start))) start += 1;
  while (end > start && EDGE_MARKS.includes(plain.charAt(end - 1))) end -= 1;
  return plain.slice(start, end);
}

const EDGE_MARKS = ' .,;:';

/** Returns the reading of a printed text; undefined if the organisation has confirmed none. */
export function ownReading<Reading extends OwnReading>(
  readings: OwnReadings<Reading>,
  text: string,
): Reading | undefined {
  return ownValue(readings, wordingKey(text));
}

/** Returns the readings with one more; it replaces an earlier reading of the same text. */
export function withReading<Reading extends OwnReading>(
  readings: OwnReadings<Reading>,
  reading: Reading,
): OwnReadings<Reading> {
  return { ...readings, [wordingKey(reading.text)]: reading };
}

/** Returns the readings without the reading of a text. */
export function withoutReading<Reading extends OwnReading>(
  readings: OwnReadings<Reading>,
  text: string,
): OwnReadings<Reading> {
  const withdrawn = wordingKey(text);
  return Object.fromEntries(Object.entries(readings).filter(([key]) => key !== withdrawn));
}

/**
 * Returns the readings in the order of their texts.
 *
 * @param sought a part of the texts to list; empty for all.
 */
export function listedReadings<Reading extends OwnReading>(
  readings: OwnReadings<Reading>,
  sought: string,
): readonly Reading[] {
  const part = wordingKey(sought);
  return Object.entries(readings)
    .filter(([key]) => key.includes(part))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, reading]) => reading);
}
