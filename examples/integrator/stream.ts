import { byHash, dataIn } from './client.js';
import type { TypedDocumentString } from './generated/graphql.js';
import { type Connection, opened } from './http.js';

/** Letopis sends a heartbeat every 15 seconds. After this silence the connection counts as lost. */
const SILENCE_MS = 45_000;

/**
 * Yields the results of a subscription after a position (server-sent events). Results that arrive together are yielded
 * together. Ends when the stream ends.
 *
 * @throws LetopisError, or the error that broke the connection
 */
export async function* followed<Data, Variables>(
  to: Connection,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  position: string,
): AsyncGenerator<readonly Data[]> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new Error('the stream has fallen silent')), SILENCE_MS);
  try {
    const headers = { accept: 'text/event-stream', 'last-event-id': position };
    const { body } = await byHash(document, variables, (sent) =>
      opened(to, '/graphql/stream', { body: sent, headers, signal: end.signal }),
    );
    let rest = '';
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = `${rest}${text}`.split('\n\n');
      rest = events.pop() ?? '';
      const results = events.flatMap((event) => resultIn<Data>(event));
      if (results.length > 0) yield results;
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
    end.abort();
  }
}

/** Returns the result in an event; none for a heartbeat or the end of the stream. */
function resultIn<Data>(event: string): Data[] {
  const data = /^data: (.+)$/m.exec(event)?.[1];
  return data === undefined ? [] : [dataIn<Data>(data)];
}
