import { keyOf } from './keys.js';

/** An event of a stream. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

export interface Stream {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
  /** The next event; undefined when the stream has ended. */
  next(): Promise<StreamEvent | undefined>;
  close(): Promise<void>;
}

/**
 * Opens a stream of server-sent events for a subscription.
 *
 * @param options token: empty for a request without a key; from: the address of the client behind a proxy.
 */
export async function streamOf(
  address: string,
  query: string,
  { token = keyOf('administrator'), lastEventId = '', variables = {}, from = '' } = {},
): Promise<Stream> {
  const stop = new AbortController();
  const response = await fetch(`${address}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(from === '' ? {} : { 'x-forwarded-for': from }),
      ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
    },
    body: JSON.stringify({ query, variables }),
    signal: stop.signal,
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const reader = isStream ? response.body?.pipeThrough(new TextDecoderStream()).getReader() : undefined;
  let text = '';
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: isStream ? '' : await response.text(),
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          const field = (name: string) =>
            lines
              .find((line) => line.startsWith(`${name}:`))
              ?.slice(name.length + 1)
              .trim();
          if (field('event') !== undefined)
            return { id: field('id'), event: field('event') ?? '', data: field('data') ?? '' };
          continue;
        }
        const part = await reader?.read().catch(() => undefined);
        if (!part || part.done) return undefined;
        text += part.value;
      }
    },
    async close() {
      stop.abort();
      await reader?.cancel().catch(() => undefined);
    },
  };
}
