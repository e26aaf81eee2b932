import { once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { z } from 'zod';

const Message = z.object({ type: z.string(), id: z.string().optional(), payload: z.unknown().optional() });

/** A message of the graphql-ws protocol. */
export type SocketMessage = z.infer<typeof Message>;

/** A WebSocket to the API that can break the protocol. */
export interface RawSocket {
  readonly messages: readonly SocketMessage[];
  /** Sends an operation. */
  send(id: string, query: string, variables?: Readonly<Record<string, unknown>>): void;
  /** Sends any text. */
  sendText(text: string): void;
  /** Ends an operation. */
  complete(id: string): void;
  /** Sends a ping of the protocol with a payload. Returns the reply. */
  ping(payload: unknown): Promise<SocketMessage>;
  /** Returns the first message of an operation when it has arrived. */
  answer(id: string): Promise<SocketMessage>;
  /** Stops reading until `resume`. */
  pause(): void;
  resume(): void;
  /** Returns the close code when the connection is closed. */
  closed(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a connection.
 *
 * @param token null for a connection without a key.
 * @param from the address of the client behind a proxy.
 */
export async function rawSocket(address: string, token: string | null, from?: string): Promise<RawSocket> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: from === undefined ? {} : { 'x-forwarded-for': from },
  });
  let stream: Socket | undefined;
  socket.once('upgrade', (response) => {
    stream = response.socket;
  });
  const messages: SocketMessage[] = [];
  const waiting = new Set<() => void>();
  const told = () => {
    for (const look of [...waiting]) look();
  };
  socket.on('message', (data) => {
    messages.push(Message.parse(JSON.parse(String(data))));
    told();
  });
  let code: number | undefined;
  socket.on('close', (given) => {
    code = given;
    told();
  });
  socket.on('error', () => undefined);
  const until = <T>(find: () => T | undefined) =>
    new Promise<T>((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  await once(socket, 'open');
  const payload = token === null ? {} : { authorization: `Bearer ${token}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await until(() => messages.find(({ type }) => type === 'connection_ack') ?? (code === undefined ? undefined : true));
  return {
    messages,
    send(id, query, variables = {}) {
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
    },
    sendText: (text) => socket.send(text),
    complete: (id) => socket.send(JSON.stringify({ id, type: 'complete' })),
    ping(payload) {
      socket.send(JSON.stringify({ type: 'ping', payload }));
      return until(() => messages.find(({ type }) => type === 'pong'));
    },
    answer: (id) => until(() => messages.find((message) => message.id === id && message.type !== 'complete')),
    pause: () => stream?.pause(),
    resume: () => stream?.resume(),
    closed: () => until(() => code),
    async close() {
      socket.terminate();
      await until(() => code);
    },
  };
}
