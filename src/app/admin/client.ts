import { type IncomingMessage, request } from 'node:http';
import type { Logger } from 'pino';
import { z } from 'zod';
import { errorCode } from '../../engine/storage/thrown.js';
import { BilingualRecord } from '../bilingual.js';
import type { Letopis } from '../compose.js';
import type { Config } from '../config.js';
import { filesIn } from '../dataDirectory.js';
import { type Operation, OperationRefused } from '../operations/operation.js';
import { socketOf } from './socket.js';

/** Timeout of the connection while the server sends no line, in milliseconds. */
const SERVER_SILENCE_MS = 60_000;

const AnswerLine = z.union([
  z.object({ progress: z.unknown() }),
  z.object({ result: z.unknown() }),
  z.object({ error: BilingualRecord }),
]);

/** Handles a progress report of an operation. The next report is read after the returned promise resolves. */
export type TellProgress<Progress> = (progress: Progress) => Promise<void> | void;

/**
 * Runs an operation on the server of the data directory, or on the files when no server runs. Returns its result.
 *
 * @param tell called with each progress report of the operation.
 * @throws OperationRefused with a message for the user; any error of opening the files.
 */
export async function perform<Input, Progress, Result>(
  config: Config,
  log: Logger,
  operation: Operation<Input, Progress, Result>,
  input: Input,
  tell: TellProgress<Progress> = () => undefined,
): Promise<Result> {
  return withOperations(config, log, (run) => run(operation, input, tell));
}

/**
 * Runs an operation on the server that uses the data directory. If no server runs, runs it directly on the files of
 * that directory.
 */
export type RunOperation = <Input, Progress, Result>(
  operation: Operation<Input, Progress, Result>,
  input: Input,
  tell?: TellProgress<Progress>,
) => Promise<Result>;

/** Does work that runs operations. Without a server the files are opened once, for the first operation. */
export async function withOperations<T>(
  config: Config,
  log: Logger,
  work: (run: RunOperation) => Promise<T>,
): Promise<T> {
  let letopis: Letopis | undefined;
  const run: RunOperation = async (operation, input, tell = () => undefined) => {
    if (!letopis) {
      const remote = await onServer(config, operation, input, tell);
      if (remote.answered) return remote.result;
      // Loaded only when no server runs.
      const { openLetopis } = await import('../compose.js');
      const mustExist = operation.begins?.(input) !== true;
      letopis = await openLetopis(config, log, { ...operation.open, mustExist });
    }
    return runOnFiles(letopis, operation, input, tell);
  };
  try {
    return await work(run);
  } finally {
    await letopis?.close();
  }
}

async function runOnFiles<I, P, R>(
  letopis: Letopis,
  operation: Operation<I, P, R>,
  input: I,
  tell: TellProgress<P>,
): Promise<R> {
  const running = operation.run(letopis, input);
  for (;;) {
    const step = await running.next();
    if (step.done) return step.value;
    await tell(step.value);
  }
}

type ServerAnswer<R> = { readonly answered: false } | { readonly answered: true; readonly result: R };

/** Runs an operation on the running server. `answered` is false when no server listens at the socket. */
export async function onServer<I, P, R>(
  config: Config,
  operation: Operation<I, P, R>,
  input: I,
  tell: TellProgress<P> = () => undefined,
): Promise<ServerAnswer<R>> {
  const socket = await socketOf(filesIn(config.LETOPIS_DATA));
  if (socket === undefined) return { answered: false };
  const response = await requestOperation(socket, JSON.stringify({ operation: operation.name, input }));
  if (!response) return { answered: false };
  // Read before the loop: a response that was received completely has no socket any more.
  const { socket: connection } = response;
  try {
    for await (const text of answerLines(response)) {
      const line = AnswerLine.parse(JSON.parse(text));
      if ('error' in line) throw new OperationRefused(line.error);
      if ('result' in line) return { answered: true, result: operation.result.parse(line.result) };
      // The timeout must not run during `tell`, which may wait for a person: the server waits for it too.
      connection.setTimeout(0);
      await tell(operation.progress.parse(line.progress));
      connection.setTimeout(SERVER_SILENCE_MS);
    }
  } finally {
    // The rest of the response is not read. If the connection stayed open, it would fail when the server stops.
    response.destroy();
  }
  throw new OperationRefused({
    ru: 'сервер остановился, не ответив: выполните npx letopis status и повторите',
    en: 'the server stopped before it answered: run `npx letopis status`, then try again',
  });
}

/** Yields the lines of a response. Reads on only when the consumer requests the next line. */
async function* answerLines(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  const parts: string[] = [];
  for await (const chunk of response) {
    const [first = '', ...rest] = String(chunk).split('\n');
    parts.push(first);
    for (const next of rest) {
      yield parts.splice(0).join('');
      parts.push(next);
    }
  }
  if (parts.some((part) => part !== '')) yield parts.join('');
}

function requestOperation(socket: string, body: string): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ socketPath: socket, method: 'POST', path: '/', headers, timeout: SERVER_SILENCE_MS });
    sent.on('response', (response) => resolve(response));
    sent.on('timeout', () =>
      sent.destroy(
        new OperationRefused({
          ru: 'сервер этого каталога не отвечает: посмотрите его журнал',
          en: 'the server of this directory does not answer',
        }),
      ),
    );
    sent.on('error', (error) => {
      if (['ENOENT', 'ECONNREFUSED'].includes(String(errorCode(error)))) resolve(undefined);
      else reject(error);
    });
    sent.end(body);
  });
}
