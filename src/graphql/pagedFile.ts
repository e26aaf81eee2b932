import { Readable } from 'node:stream';

/** What was read at once, and whether there is more behind it. */
export interface ReadPage<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/**
 * Makes a file of any length page by page: a page is read when the one before it was taken, so that a slow reader costs no more memory
 * than a quick one. The first page is read before the file is returned.
 *
 * @param read the page behind an item; behind none at first.
 * @param write makes the text of a page.
 */
export function pagedFile<Item>(
  beginning: string,
  read: (last: Item | undefined) => Promise<ReadPage<Item>>,
  write: (items: readonly Item[]) => Promise<string>,
): Promise<Readable> {
  return begunFile(pages(beginning, read, write));
}

/**
 * Makes a file of texts, of which the first is made before the file is returned: a failure until then is answered as an error, and
 * not as a file that breaks off.
 */
export async function begunFile(texts: AsyncGenerator<string>): Promise<Readable> {
  const first = await texts.next();
  return Readable.from(first.done ? [] : continued(first.value, texts), { highWaterMark: 1 });
}

async function* continued(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* pages<Item>(
  beginning: string,
  read: (last: Item | undefined) => Promise<ReadPage<Item>>,
  write: (items: readonly Item[]) => Promise<string>,
): AsyncGenerator<string> {
  for (let last: Item | undefined, isFirst = true; ; isFirst = false) {
    const { items, more } = await read(last);
    yield `${isFirst ? beginning : ''}${await write(items)}`;
    last = items.at(-1);
    if (!more || last === undefined) return;
  }
}
