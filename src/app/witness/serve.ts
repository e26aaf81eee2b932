import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { openedWhole } from '../../engine/closing.js';
import { cosignerKey, type NoteVerifier, signerOf } from '../../engine/log/note.js';
import { addCheckpoint } from '../../engine/log/witness.js';
import { ADD_CHECKPOINT } from '../../engine/log/witnessProtocol.js';
import { secretFile } from '../dataDirectory.js';
import { holdPlace, orCannotListen } from '../listening.js';
import { openWitnessState } from './state.js';

/** Longest request, in bytes: 63 hashes and a checkpoint with its signatures. */
const MAX_REQUEST = 16_000;

/** Timeout for receiving a request, in milliseconds. */
const REQUEST_MS = 10_000;

/** The options of `letopis witness serve` that name its place. */
const WITNESS_PLACE = { host: '--host', port: '--port' };

/** Options of {@link serveWitness}. */
export interface WitnessOptions {
  /** The directory of its key and its state. Created if it does not exist. */
  readonly directory: string;
  /** The permanent name of the witness, such as `uo.orenburg.example/witness`. */
  readonly name: string;
  /** The public keys of the logs that it watches. */
  readonly logs: readonly NoteVerifier[];
  readonly host: string;
  readonly port: number;
}

/** A running witness. */
export interface ServedWitness {
  readonly address: string;
  /** Its public key, for the operators of logs and for verifiers. */
  readonly key: string;
  close(): Promise<void>;
}

/**
 * Starts a witness, which cosigns the checkpoints of its logs by the C2SP tlog-witness protocol.
 *
 * @throws CannotListen before anything is created.
 */
export async function serveWitness(options: WitnessOptions, log: Logger): Promise<ServedWitness> {
  const { directory, name, logs, host, port } = options;
  const place = { host, port };
  return openedWhole(async (onClose) => {
    const held = await holdPlace(place, WITNESS_PLACE);
    onClose(() => held.release());
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const { secret: seed } = await secretFile(join(directory, 'witness.key'), () => randomBytes(32).toString('base64'));
    const signer = signerOf(name, Buffer.from(seed, 'base64'));
    const state = await openWitnessState(join(directory, 'witness.db'));
    onClose(() => state.close());
    const fail = failureHandler(log);
    const app = Fastify({
      bodyLimit: MAX_REQUEST,
      requestTimeout: REQUEST_MS,
      forceCloseConnections: true,
      frameworkErrors: fail,
    });
    onClose(() => app.close());
    app.setErrorHandler<FastifyError>(fail);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
    app.post(ADD_CHECKPOINT, (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      const answer = addCheckpoint(body, { logs, signer, state, now: () => Math.floor(Date.now() / 1_000) });
      if (answer.status !== 200) log.warn({ status: answer.status, request: body }, 'a checkpoint was not cosigned');
      return reply.code(answer.status).type(answer.type).send(answer.body);
    });
    await held.release();
    const address = await orCannotListen(place, () => app.listen(place), WITNESS_PLACE);
    return { address, key: cosignerKey(signer) };
  });
}

/** Returns an error handler that logs the error. Responses never contain a message of a library. */
function failureHandler(log: Logger) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const isOfClient = error.statusCode !== undefined && error.statusCode < 500;
    const [status, message] = isOfClient
      ? [error.statusCode, 'This is no request of C2SP tlog-witness.']
      : [503, 'The witness cannot answer at the moment: try again later.'];
    if (!isOfClient) log.error({ err: error, url: request.url }, 'a request to the witness failed');
    reply
      .code(status ?? 400)
      .type('text/plain; charset=utf-8')
      .send(`${message}\n`);
  };
}
