import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { begunFile, pagedTexts } from '../../src/graphql/pagedFile.js';

const PAGES = 50;

/** Returns a file of {@link PAGES} pages with two lines each, and a count of the pages that were read. */
async function fileOf(beginning = '') {
  const seen = { pages: 0 };
  const texts = pagedTexts<number>(
    beginning,
    async (last = 0) => {
      seen.pages += 1;
      return { items: [last + 1, last + 2], more: seen.pages < PAGES };
    },
    (items) => items.map((item) => `${item}\n`).join(''),
  );
  return { file: await begunFile(texts), seen };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
}

describe('a file that is made page by page', () => {
  it('holds every line once, in order, behind its beginning', async () => {
    const { file } = await fileOf('head\n');
    const lines = (await file.toArray()).join('').trimEnd().split('\n');
    expect(lines).toEqual(['head', ...Array.from({ length: 2 * PAGES }, (_, index) => String(index + 1))]);
  });

  it('is read no more than a page ahead of whoever takes it', async () => {
    const { file, seen } = await fileOf();
    let taken = 0;
    for await (const _ of file) {
      taken += 1;
      await settled();
      expect(seen.pages).toBeLessThanOrEqual(taken + 1);
    }
    expect(taken).toBe(PAGES);
  });

  it('waits for a reader who takes nothing more, and goes on with them', async () => {
    const { file, seen } = await fileOf();
    let goOn: () => void = () => undefined;
    const reader = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        goOn = done;
      },
    });
    file.pipe(reader);
    await settled();
    const ahead = seen.pages;
    // One page is with the client, one waits to be taken, and one was read after it.
    expect(ahead).toBeLessThanOrEqual(3);
    goOn();
    await settled();
    expect(seen.pages).toBeGreaterThan(ahead);
    expect(seen.pages).toBeLessThanOrEqual(ahead + 2);
    file.destroy();
  });

  it('is not begun when its first page cannot be read', async () => {
    const read = () => Promise.reject(new Error('away'));
    await expect(begunFile(pagedTexts('head', read, () => ''))).rejects.toThrow('away');
  });
});
