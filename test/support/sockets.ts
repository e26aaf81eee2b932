import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection to a server, for requests that no client would send. */
export interface RawConnection {
  readonly socket: Socket;
  /** Sends text unchanged. */
  send(text: string): void;
  /** Returns everything received when the server closes the connection. */
  closed(): Promise<string>;
  /** Returns the status of the next response. */
  status(): Promise<number>;
}

/** Opens a connection to the server at an address. */
export async function rawConnection(address: string): Promise<RawConnection> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  let text = '';
  let read = 0;
  socket.on('data', (part) => {
    text += part;
  });
  socket.on('error', () => undefined);
  const end = once(socket, 'close');
  await once(socket, 'connect');
  return {
    socket,
    send: (sent) => void socket.write(sent),
    async closed() {
      await end;
      return text;
    },
    async status() {
      for (;;) {
        const found = /HTTP\/1\.1 (\d{3}) /.exec(text.slice(read));
        if (found) {
          read += found.index + found[0].length;
          return Number(found[1]);
        }
        if (socket.closed) throw new Error('the connection was closed without an answer');
        await Promise.race([once(socket, 'data'), end]);
      }
    },
  };
}

/** Returns the head of a POST to the API, with additional headers. */
export function headOf(headers: Readonly<Record<string, string | number>>, path = '/graphql'): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nhost: letopis.test\r\ncontent-type: application/json\r\n${lines.join('')}\r\n`;
}
