import type { z } from 'zod';
import type { Letopis, OpenOptions } from '../compose.js';

/**
 * Work that the command line gives to a running server, or does on the files when there is none: the same code. What it
 * yields is told on the way, what it returns is the result; both go over a socket, so they are plain JSON with a schema.
 */
export interface Operation<Input, Progress, Result> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly progress: z.ZodType<Progress>;
  readonly result: z.ZodType<Result>;
  /** How the files are opened when there is no server. */
  readonly open: OpenOptions;
  run(letopis: Letopis, input: Input): AsyncGenerator<Progress, Result, void>;
}

/** An operation whose types are known to its schemas alone, as a server finds it by its name. */
export interface NamedOperation {
  readonly name: string;
  /** @throws ZodError when the input is not the operation's. */
  runParsed(letopis: Letopis, input: unknown): AsyncGenerator<unknown, unknown, void>;
}

/** Declares an operation. */
export function operation<Input, Progress, Result>(
  declared: Operation<Input, Progress, Result>,
): Operation<Input, Progress, Result> & NamedOperation {
  return { ...declared, runParsed: (letopis, input) => declared.run(letopis, declared.input.parse(input)) };
}

/** A piece of work that was not done; the message says why, in words for whoever asked. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}
