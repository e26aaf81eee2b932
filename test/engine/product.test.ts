import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ENGINE = 'src/engine';

/** Words of the product: its name, its settings, its pages for operators, and what its plans contain. */
const PRODUCT_WORDS =
  /letopis|\bplans?\b|\bactivit(?:y|ies)\b|\bsections?\b|\btimeframes?\b|\bamend\w*|\bschools?\b|docs\/(?!decisions)/gi;

/** Other meanings of these words: the plan of a query in a database. */
const OTHER_MEANINGS = /query plans?|winning plan|\bplan\(/gi;

/** The name of the stored formats cannot change any more. */
const FORMAT_NAME = 'log/formatName.ts';

/** Returns the words of the product in a text. */
function productWords(text: string): string[] {
  return text.replaceAll(OTHER_MEANINGS, '').match(PRODUCT_WORDS) ?? [];
}

describe('the engine', () => {
  it('names no product, neither in code nor in comments and messages', () => {
    const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const found = files.flatMap((file) =>
      productWords(readFileSync(join(ENGINE, file), 'utf8')).map((word) => `${file}: ${word}`),
    );
    expect(found).toEqual([`${FORMAT_NAME}: letopis`]);
  });

  it('is searched for words, not for parts of them', () => {
    expect(productWords('A query plan explains; planned; a Plan of LETOPIS_DATA, docs/cluster.md')).toEqual([
      ...['Plan', 'LETOPIS', 'docs/'],
    ]);
  });
});
