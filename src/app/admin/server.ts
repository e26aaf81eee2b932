import { chmod } from 'node:fs/promises';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { z } from 'zod';
import { bodyLimit } from '../../documents/isolated.js';
import type { Letopis } from '../compose.js';
import { type NamedOperation, OperationRefused } from '../operations/operation.js';
import { OPERATIONS } from '../operations/table.js';
import { faultInBoth } from '../russian/faults.js';
import { placeForSocket, removeSocket } from './socket.js';

const Request = z.object({ operation: z.string(), input: z.unknown() });

/**
 * Serves operations to the command line over the socket of the data directory. The response to a request is JSON Lines:
 * any number of `{progress}`, then `{result}` or `{error}`. There is no key: only the owner of the files can use the
 * socket.
 */
export async function serveAdmin(letopis: Letopis): Promise<{ close(): Promise<void> }> {
  const { log, files } = letopis;
  const app = Fastify({ bodyLimit: bodyLimit(letopis.services.maxUpload), forceCloseConnections: true });
  app.post('/', async (request, reply) => {
    const asked = Request.safeParse(request.body);
    const found = OPERATIONS.find(({ name }) => name === asked.data?.operation);
    if (!asked.success || !found) {
      return reply
        .code(400)
        .send({ error: 'this server does not know that operation: is the command line of another version?' });
    }
    const lines = answers(letopis, found, asked.data.input);
    return reply.type('application/x-ndjson').send(Readable.from(lines));
  });
  // A killed server leaves its socket behind. This process holds the lock of the directory, so that server is gone.
  const path = await placeForSocket(files);
  // Other users cannot enter the folder, so nobody else can use the socket before chmod.
  await app.listen({ path });
  await chmod(path, 0o600);
  log.debug({ path }, 'listening for the command line');
  return {
    async close() {
      await app.close();
      await removeSocket(files);
    },
  };
}

async function* answers(letopis: Letopis, work: NamedOperation, input: unknown): AsyncGenerator<string> {
  const line = (answer: object) => `${JSON.stringify(answer)}\n`;
  try {
    const running = work.runParsed(letopis, input);
    try {
      for (;;) {
        const step = await running.next();
        if (step.done) {
          yield line({ result: step.value });
          return;
        }
        yield line({ progress: step.value });
      }
    } finally {
      // If the client disconnects, this ends the operation.
      await running.return(undefined).catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof OperationRefused))
      letopis.log.error({ err: error }, 'an operation of the command line failed');
    yield line({ error: faultInBoth(error) });
  }
}
