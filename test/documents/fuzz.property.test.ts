import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';
import { UnreadableDocument } from '../../src/documents/unreadable.js';

/** Number of mutated real files: a few in every run of the tests, thousands with `npm run fuzz`. */
const RUNS = Number(process.env.LETOPIS_FUZZ ?? 150);
const SEED = 20_201_124;

const NAMES = [
  'buzuluk-2020-2021-word.docx',
  'celinny-2015-09.docx',
  'popechitel-2021-2022.docx',
  'vno-2020-2021.xlsx',
  'rosinka-health.html',
  'karshem-2022.txt',
  ...['celinny-2015-09.odt', 'celinny-2015-09.rtf', 'vno-2020-2021.ods', 'vno-2020-2021.xls'].map(
    (name) => `formats/${name}`,
  ),
].map((name) => `plans/${name}`);
/** Small documents with numbers, hidden and struck content, nested tables, old encodings. */
const FAULTS = [
  '06-autonum.docx',
  '08-nested.docx',
  '09-grid.docx',
  '10-hidden.docx',
  '22-formula.xlsx',
  '23b-hiddencol.xlsx',
  '24-rich.xlsx',
  '33-koi8.html',
  '45-cp866.csv',
].map((name) => `faults/${name}`);
const FILES = [...NAMES, ...FAULTS].map((name) => ({
  name,
  bytes: Uint8Array.from(readFileSync(new URL(`../fixtures/${name}`, import.meta.url))),
}));

/** One change of a text: a part is removed, doubled, moved, or replaced by an unusual text. */
interface Edit {
  readonly kind: 'cut' | 'double' | 'move' | 'put';
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly what: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('cut', 'double', 'move', 'put'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 400 }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  what: fc.constantFrom(
    ...[
      '<',
      '>',
      '&',
      '"',
      '\0',
      '\uFFFF',
      '</w:tc>',
      '<w:tbl>',
      '</w:tr>',
      '<w:gridSpan w:val="999999"/>',
      '<w:vMerge/>',
      '<text:list>',
      '<table:table-cell table:number-columns-repeated="99999">',
      '\\clvmrg',
      '\\cell ',
      '{\\*',
      "\\'",
      '\\bin99999 ',
    ],
    ...[
      '</table>',
      '<td rowspan="99999">',
      '<tr>',
      '||',
      '|',
      '\t',
      '\n',
      '<c r="ZZ99999"><v>1</v></c>',
      '1e999',
      '№',
      '«',
      '»',
    ],
    ...['<mergeCell ref="A1:XFD1048576"/>', 'Утверждаю', 'План', '31.02.2021', '(', ')', ';', '🙂', 'I.', '1.', '- '],
  ),
});

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce(changed, text);
}

function changed(now: string, { kind, at, length, to, what }: Edit): string {
  const from = Math.floor(at * now.length);
  const piece = now.slice(from, from + length);
  const without = now.slice(0, from) + now.slice(from + length);
  const target = Math.floor(to * without.length);
  switch (kind) {
    case 'cut':
      return without;
    case 'double':
      return now.slice(0, from) + piece + now.slice(from);
    case 'move':
      return without.slice(0, target) + piece + without.slice(target);
    case 'put':
      return now.slice(0, from) + what + now.slice(from);
  }
}

/**
 * The parts of an office document are changed and packed again, because most changes of the packed bytes could not be
 * unpacked.
 */
function mutated(
  file: { readonly name: string; readonly bytes: Uint8Array },
  edits: readonly Edit[],
  raw: boolean,
): Uint8Array {
  const isPacked = /(?:x|\.od[ts])$/.test(file.name);
  if (isPacked && !raw) {
    const parts = unzipSync(file.bytes);
    const names = Object.keys(parts).filter((name) =>
      /(document|sheet\d*|styles|sharedStrings|numbering|content)\.xml$/.test(name),
    );
    const replaced = names.map((name) => {
      const text = new TextDecoder().decode(parts[name]);
      return [name, strToU8(edited(text, edits))] as const;
    });
    return zipSync({ ...parts, ...Object.fromEntries(replaced) });
  }
  const text = new TextDecoder('latin1').decode(file.bytes);
  return Uint8Array.from(edited(text, edits), (sign) => sign.charCodeAt(0) & 0xff);
}

describe('a mutated real document', () => {
  it('is read as a plan or refused as unreadable, soon, and never a fault', async () => {
    const outcomes = { read: 0, refused: 0, slowest: 0 };
    const started = process.memoryUsage().heapUsed;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.array(edit, { minLength: 1, maxLength: 12 }),
        fc.nat(9).map((n) => n < 2),
        async (file, edits, raw) => {
          const before = performance.now();
          try {
            const { plan } = await readDocument(mutated(file, edits, raw), file.name);
            expect(previewOf(plan).sections.length).toBeGreaterThan(0);
            outcomes.read += 1;
          } catch (error) {
            if (!(error instanceof UnreadableDocument)) throw error;
            expect(error.message.length).toBeGreaterThan(10);
            outcomes.refused += 1;
          }
          outcomes.slowest = Math.max(outcomes.slowest, performance.now() - before);
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
    expect(outcomes.read).toBeGreaterThan(RUNS / 10);
    expect(outcomes.refused).toBeGreaterThan(0);
    if (process.env.LETOPIS_FUZZ) {
      const grown = (process.memoryUsage().heapUsed - started) / 1_000_000;
      process.stdout.write(`${RUNS} files: ${JSON.stringify(outcomes)}, heap grown by ${grown.toFixed(0)} MB\n`);
    }
  });
});
