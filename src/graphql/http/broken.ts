import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorBody } from './errorBody.js';

/**
 * Descriptions of malformed requests, by the code of the error of Node's HTTP parser. Any other code is malformed HTTP.
 */
const BROKEN: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are too long: send at most 16,384 bytes.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The extensions of a chunk are too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};
const EXTENSIONS = { code: 'BAD_REQUEST' } as const;

/**
 * Responds to data that Node cannot parse as a request: malformed HTTP, headers that are too long, an incomplete
 * request. Closes the connection. The requested address is unknown, so the response is problem details.
 */
export function answerBroken({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  const [status, detail] = BROKEN[code] ?? [400, 'This is no valid HTTP request.'];
  // A connection that was reset cannot receive a response.
  if (code !== 'ECONNRESET' && socket.writable) socket.write(brokenAnswer('', status, detail));
  socket.destroy();
}

/** Answers a request with an expectation that the server cannot meet, and closes the connection. */
export function refuseExpectation({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const { type, body } = errorBody(url, 417, 'Send no header «expect» but «100-continue».', EXTENSIONS);
  const length = Buffer.byteLength(body);
  const headers = { 'content-type': type, 'content-length': length, 'cache-control': 'no-store', connection: 'close' };
  response.writeHead(417, headers);
  response.end(body);
}

/** Closes a connection whose upgrade to WebSocket is malformed. */
export function refuseUpgrade({ url = '' }: IncomingMessage, socket: Duplex): void {
  socket.end(brokenAnswer(url, 400, 'This is no valid request for a WebSocket: use one at /graphql with graphql-ws.'));
}

/** Returns a whole HTTP response, for a connection without a response object. */
function brokenAnswer(url: string, status: number, detail: string): string {
  const { type, body } = errorBody(url, status, detail, EXTENSIONS);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
