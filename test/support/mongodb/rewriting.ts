import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { boundPort } from '../ports.js';

/** A reply of the server to a command. */
export type Reply = Readonly<Record<string, unknown>>;

/** A proxy between the driver and MongoDB that changes replies. */
export interface RewritingServer {
  readonly port: number;
  /** Returns the changed reply, by the name of the command and its collection. */
  rewrite: (command: string, collection: unknown, reply: Reply) => Reply;
  close(): Promise<void>;
}

const OP_MSG = 2013;
/** Offset of the document in a message of this kind: after the header, the flags and the kind of the section. */
const DOCUMENT_AT = 21;

/** Starts a proxy that forwards everything to a MongoDB and changes replies with `rewrite`. */
export async function startRewriting(target: number): Promise<RewritingServer> {
  const sockets = new Set<Socket>();
  const rewriting = { rewrite: (_: string, __: unknown, reply: Reply) => reply };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const asked = new Map<number, readonly [command: string, collection: unknown]>();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [client, upstream].map((each) => each.destroy()));
    }
    client.on('data', (chunk) => upstream.write(chunk));
    client.on(
      'data',
      messages((message) => {
        const [first] = Object.entries(documentIn(message) ?? {});
        if (first) asked.set(message.readInt32LE(4), first);
      }),
    );
    upstream.on(
      'data',
      messages((message) => {
        const reply = documentIn(message);
        const question = asked.get(message.readInt32LE(8));
        client.write(reply && question ? withDocument(message, rewriting.rewrite(...question, reply)) : message);
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(rewriting, {
    port: boundPort(server),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

/** Splits a stream into messages. */
function messages(each: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      each(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

function documentIn(message: Buffer): Reply | undefined {
  if (message.readInt32LE(12) !== OP_MSG) return undefined;
  const length = message.readInt32LE(DOCUMENT_AT);
  return BSON.deserialize(message.subarray(DOCUMENT_AT, DOCUMENT_AT + length), { promoteValues: false });
}

function withDocument(message: Buffer, document: Reply): Buffer {
  const whole = Buffer.concat([message.subarray(0, DOCUMENT_AT), BSON.serialize(document)]);
  whole.writeInt32LE(whole.length, 0);
  return whole;
}
