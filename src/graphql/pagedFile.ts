import { Readable } from 'node:stream';

/** A page of items, and whether there are more after it. */
export interface ItemPage<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/**
 * Returns a stream of texts. The first text is made before this resolves, so that an early failure becomes an error
 * response and not a truncated file.
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

/**
 * Yields the texts of a file of any length, page by page. A page is read when the previous one was taken, so a slow
 * client needs no more memory than a fast one.
 *
 * @param read returns the page after an item; the first page for undefined.
 * @param write returns the text of a page.
 */
export async function* pagedTexts<Item>(
  beginning: string,
  read: (last: Item | undefined) => Promise<ItemPage<Item>>,
  write: (items: readonly Item[]) => string,
): AsyncGenerator<string> {
  for (let last: Item | undefined, isFirst = true; ; isFirst = false) {
    const { items, more } = await read(last);
    yield `${isFirst ? beginning : ''}${write(items)}`;
    last = items.at(-1);
    if (!more || last === undefined) return;
  }
}
