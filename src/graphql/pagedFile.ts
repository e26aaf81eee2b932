import { Readable } from 'node:stream';

/** What was read at once, and whether there is more behind it. */
export interface ReadPage<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/**
 * A file of any length that is made page by page: a page is read when the one before it was taken, so that a slow reader costs
 * no more memory than a quick one.
 *
 * @param read the page behind an item; behind none at first.
 * @param write makes the text of a page.
 */
export function pagedFile<Item>(
  beginning: string,
  read: (last: Item | undefined) => Promise<ReadPage<Item>>,
  write: (items: readonly Item[]) => Promise<string>,
): Readable {
  return Readable.from(pages(beginning, read, write), { highWaterMark: 1 });
}

async function* pages<Item>(
  beginning: string,
  read: (last: Item | undefined) => Promise<ReadPage<Item>>,
  write: (items: readonly Item[]) => Promise<string>,
): AsyncGenerator<string> {
  if (beginning !== '') yield beginning;
  for (let last: Item | undefined; ; ) {
    const { items, more } = await read(last);
    yield await write(items);
    last = items.at(-1);
    if (!more || last === undefined) return;
  }
}
