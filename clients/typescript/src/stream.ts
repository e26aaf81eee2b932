import { type Connection, open } from './http.js';
import { dataIn, type TypedDocument } from './request.js';

/** Letopis sends a heartbeat every 15 seconds. After this silence the connection counts as lost. */
const SILENCE_MS = 45_000;

/**
 * Yields the results of a subscription after a position, over one connection (server-sent events). Results that arrive
 * together are yielded together; a heartbeat yields none. Ends when the server ends the stream.
 *
 * @throws LetopisError, or the error that broke the connection
 */
export async function* streamed<Data, Variables>(
  to: Connection,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  position: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly Data[]> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new Error('the stream has fallen silent')), SILENCE_MS);
  try {
    const headers = { accept: 'text/event-stream', 'last-event-id': position };
    const query = { query: String(document), variables };
    const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
    const { body } = await open(to, '/graphql/stream', query, headers, either);
    let rest = '';
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      timer.refresh();
      const events = `${rest}${text}`.split('\n\n');
      rest = events.pop() ?? '';
      yield events.flatMap((event) => resultIn<Data>(event));
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
