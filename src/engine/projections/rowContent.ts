import type { Document } from '../readstore/port.js';
import { type Content, type ReadModelOf, storedBody, type Touch } from './readModel.js';

/** The content of a row as it is stored. */
export type StoredContent = Pick<Document, 'fields' | 'body'>;

/** What the content of a row comes from: a view of the last state, or content that is computed or stored already. */
export type ContentSource<Body, State> =
  | { readonly touch: Touch<Body, State> }
  | { readonly content: Content<Body> | null }
  | { readonly stored: StoredContent | null };

/**
 * Returns the content of a row as it is stored; null to delete the row.
 *
 * @param state the last state of the stream that touched the row.
 * @throws what the view throws.
 */
export function rowContent<Body, State>(
  model: Pick<ReadModelOf<Body, never, never>, 'form'>,
  id: string,
  source: ContentSource<Body, State>,
  state: State | undefined,
): StoredContent | null {
  if ('stored' in source) return source.stored;
  if ('content' in source) return storedContent(model, id, source.content);
  if (state === undefined) throw new Error('the stream of a touched document is not in the batch');
  return storedContent(model, id, source.touch.view(state));
}

function storedContent<Body>(
  model: Pick<ReadModelOf<Body, never, never>, 'form'>,
  id: string,
  content: Content<Body> | null,
): StoredContent | null {
  return content && { fields: content.fields, body: storedBody(model, id, content) };
}
