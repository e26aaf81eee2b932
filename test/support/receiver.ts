import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { withTimeout } from '../../src/engine/storage/deadline.js';
import { boundPort } from './ports.js';
import { PATIENCE_MS } from './waiting.js';

/** A request that the receiver got. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on the loopback interface. */
export interface Receiver {
  readonly url: string;
  /** All requests, including those that it refused. */
  readonly calls: readonly Received[];
  /** The requests that it accepted. */
  readonly taken: readonly Received[];
  /** Waits until it has got this number of requests. */
  called(count: number): Promise<void>;
  /** Waits until it has accepted this number of requests. */
  took(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a receiver. @param answer returns the status for a request, by its number from 1 and its content. */
export async function startReceiver(
  answer: (number: number, received: Received) => number = () => 204,
): Promise<Receiver> {
  const calls: Received[] = [];
  const taken: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += String(part);
    const received = { headers: request.headers, body };
    calls.push(received);
    const status = answer(calls.length, received);
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end(status < 300 ? '' : 'no');
    if (status >= 200 && status < 300) taken.push(received);
    for (const wake of waiting) wake();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = boundPort(server);
  const until = (isSo: () => boolean) =>
    withTimeout(
      PATIENCE_MS,
      new Promise<void>((resolve) => {
        const look = () => {
          if (!isSo()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    );
  return {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    taken,
    called: (count) => until(() => calls.length >= count),
    took: (count) => until(() => taken.length >= count),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
