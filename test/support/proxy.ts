import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { boundPort } from './ports.js';

/** The behaviour of the proxy. */
export type Weather =
  /** Forwards everything. */
  | { readonly kind: 'clear' }
  /** Open connections break, and new ones are refused. */
  | { readonly kind: 'refuse' }
  /** Delays each chunk by this many milliseconds. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Forwards nothing and keeps all connections open. */
  | { readonly kind: 'blackHole' }
  /** The server sees the end of the connection, the client does not. The server's data is still forwarded. */
  | { readonly kind: 'halfOpen' }
  /** Cuts the next answers after this many bytes, once for each connection. */
  | { readonly kind: 'cutAnswer'; readonly after: number }
  /** Breaks all open connections whenever this many bytes were forwarded since the last time. */
  | { readonly kind: 'cutAgain'; readonly after: number };

/** A TCP proxy on the loopback interface, between Letopis and an engine. */
export interface TcpProxy {
  readonly port: number;
  set(weather: Weather): void;
  /** How often all open connections were broken so far. */
  readonly cuts: number;
  /** Breaks all open connections once. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function startProxy(to: number): Promise<TcpProxy> {
  let weather: Weather = { kind: 'clear' };
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; wasCut: boolean }>();
  let cuts = 0;
  let forwarded = 0;
  const cut = () => {
    cuts += 1;
    forwarded = 0;
    for (const { client, server } of pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  };
  const proxy = createServer((client) => {
    client.on('error', () => undefined);
    if (weather.kind === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(to, '127.0.0.1');
    const pair = { client, server, wasCut: false };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    server.on('error', end);
    for (const socket of [client, server]) socket.on('close', end);
    const pass = (bytes: Buffer, target: Socket, isAnswer: boolean) => {
      switch (weather.kind) {
        case 'clear':
        case 'refuse':
          target.write(bytes);
          return;
        case 'delay':
          setTimeout(() => target.destroyed || target.write(bytes), weather.milliseconds);
          return;
        case 'blackHole':
          return;
        case 'halfOpen':
          // The client does not see the end of the connection that the server sees.
          if (!isAnswer) server.end();
          return;
        case 'cutAnswer':
          if (!isAnswer || pair.wasCut) {
            target.write(bytes);
            return;
          }
          pair.wasCut = true;
          target.write(bytes.subarray(0, weather.after), () => client.resetAndDestroy());
          return;
        case 'cutAgain':
          forwarded += bytes.length;
          if (forwarded > weather.after) cut();
          else target.write(bytes);
          return;
      }
    };
    client.on('data', (bytes) => pass(bytes, server, false));
    server.on('data', (bytes) => pass(bytes, client, true));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: boundPort(proxy),
    get cuts() {
      return cuts;
    },
    set(next) {
      // Delayed chunks would arrive after later ones.
      if (next.kind === 'refuse' || weather.kind === 'delay') cut();
      weather = next;
    },
    cut,
    async close() {
      cut();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
