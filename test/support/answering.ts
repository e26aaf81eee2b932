import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { boundPort } from './ports.js';

/** A request that the test server received. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A server with prescribed responses, for cases that the real server rarely produces. */
export interface Answering {
  readonly address: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** Starts a server that sends these responses, one for each request. */
export async function answering(...answers: readonly ((response: ServerResponse) => void)[]): Promise<Answering> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.concat(parts).toString() || '{}'));
    received.push({ headers: request.headers, body });
    const answer = answers[received.length - 1];
    if (answer) answer(response);
    else response.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${boundPort(server)}`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Returns a JSON response. */
export function json(body: object, status = 200, headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Returns a response with a GraphQL error. */
export function refused(code: string, status = 200, headers: Readonly<Record<string, string>> = {}) {
  return json({ errors: [{ message: 'no', extensions: { code } }] }, status, headers);
}
