import { byHash, dataIn } from './client.js';
import type { TypedDocumentString } from './generated/graphql.js';
import { type Connection, opened } from './http.js';

/** Letopis breaks the silence every 15 seconds: after this long the connection is taken for lost. */
const SILENCE_MS = 45_000;

/**
 * Results of a subscription behind a position, as server-sent events; those that have come together are told together. It ends
 * with the stream. @throws LetopisError, or what cut the connection
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

/** The result that an event tells; none when it is a sign of life, or the end. */
function resultIn<Data>(event: string): Data[] {
  const data = /^data: (.+)$/m.exec(event)?.[1];
  return data === undefined ? [] : [dataIn<Data>(data)];
}
