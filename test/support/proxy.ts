import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** How a connection fares through the proxy. */
export type Weather =
  /** As if it were not there. */
  | { readonly kind: 'clear' }
  /** Open connections break, and new ones are refused. */
  | { readonly kind: 'refuse' }
  /** Each piece is held back so long, in milliseconds. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** What is sent goes nowhere and nothing comes back, but all connections stand. */
  | { readonly kind: 'blackHole' }
  /** The server is told of an end and goes on sending; the client is not. */
  | { readonly kind: 'halfOpen' }
  /** The next answers break off after so many bytes, each connection once. */
  | { readonly kind: 'cutAnswer'; readonly after: number };

/** A TCP proxy on the loopback interface, between Letopis and an engine. */
export interface TcpProxy {
  readonly port: number;
  set(weather: Weather): void;
  /** Breaks all open connections, once. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function startProxy(to: number): Promise<TcpProxy> {
  let weather: Weather = { kind: 'clear' };
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; wasCut: boolean }>();
  const cut = () => {
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
          // The client goes on believing in a connection that the server has seen the end of.
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
      }
    };
    client.on('data', (bytes) => pass(bytes, server, false));
    server.on('data', (bytes) => pass(bytes, client, true));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  return {
    port: address.port,
    set(next) {
      // What is still held back would come after what is sent from now on.
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
