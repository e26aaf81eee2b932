import type { WebSocket } from 'ws';
import type { ErrorCode } from '../errors.js';

/** Closes a WebSocket with a reason that begins with a code of the API. A reason has at most 123 bytes. */
export function closeWith(socket: WebSocket, closeCode: number, code: ErrorCode, message: string): void {
  socket.close(closeCode, `${code}: ${message}`);
}
