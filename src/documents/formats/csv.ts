import { CsvError, parse } from 'csv-parse/sync';
import { cellOf, type DocumentContent, type Row } from '../model.js';
import { fromCsvText } from '../printing/escaping.js';
import { checkParts, checkRows, MAX_DOCUMENT_ROWS } from '../size.js';
import { UnreadableDocument } from '../unreadable.js';
import { decoded } from './lines.js';
import { tidied } from './tidy.js';

/**
 * Reads comma-, semicolon- or tab-separated values: one table. The lines above its head row are part of the table.
 *
 * @throws UnreadableDocument when quotation marks do not close, and for a file that is not text.
 */
export function readCsv(bytes: Uint8Array): DocumentContent {
  const { text, repairs } = decoded(bytes);
  const delimiter = csvSeparator(text);
  checkParts(text, [delimiter]);
  let records: readonly (readonly string[])[];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: MAX_DOCUMENT_ROWS + 1,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableDocument(null, `these are no separated values: ${error.message}. Check its quotation marks`);
  }
  checkRows(records.length);
  const rows = records.map(
    (record, index): Row => ({
      source: `row ${index + 1}`,
      cells: record.map((text) => cellOf(tidied(fromCsvText(text)))),
      blankBefore: null,
    }),
  );
  return { reader: 'csv-1', blocks: [{ kind: 'table', ragged: false, rows }], repairs };
}

/** Number of characters in which the separator is looked for. */
const MAX_SEPARATOR_SEARCH = 100_000;

/** Returns the separator that is most frequent in the first lines. Russian office programs write semicolons. */
export function csvSeparator(text: string): string {
  const head = text
    .slice(0, MAX_SEPARATOR_SEARCH)
    .split(/\r\n|\n|\r/, 40)
    .join('\n');
  const counts = ['\t', ';', ','].map((sign) => ({ sign, count: head.split(sign).length }));
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).sign;
}
