import type { CollectionSpec, FieldValue, Page, PageRequest, ReadStore } from './port.js';
import { isFieldValue } from './values.js';

/** Yields all records that a request selects, in pages of its `limit`. */
export async function* documentPages(
  store: Pick<ReadStore, 'find'>,
  spec: CollectionSpec,
  request: Omit<PageRequest, 'after' | 'fields'>,
): AsyncGenerator<Page> {
  for (let after: PageRequest['after']; ; ) {
    const page = await store.find(spec, { ...request, ...(after ? { after } : {}) });
    yield page;
    const last = page.documents.at(-1);
    if (!page.more || !last) return;
    after = { values: request.order.flatMap(({ field }) => scalar(last.fields[field])), id: last.id };
  }
}

function scalar(value: unknown): FieldValue[] {
  return isFieldValue(value) ? [value] : [];
}
