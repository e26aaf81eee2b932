import type { z } from 'zod';
import type { Bilingual } from '../../domain/language.js';
import { prefixed } from '../bilingual.js';
import type { Letopis, OpenOptions } from '../compose.js';
import { showWritten } from './shown.js';

/**
 * An operation of the command line. The running server executes it, or the CLI itself on the files when no server runs.
 * It yields progress and returns a result. Both are sent over a socket, so they are plain JSON with a schema.
 */
export interface Operation<Input, Progress, Result> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly progress: z.ZodType<Progress>;
  readonly result: z.ZodType<Result>;
  /** Options for opening the files when no server runs. */
  readonly open: Omit<OpenOptions, 'mustExist'>;
  /** True for an operation that may append events. At its end it waits for the read models, see `showWritten`. */
  readonly writes?: true;
  /** Returns true when this input may begin a chronicle. By default the data directory must contain one. */
  readonly begins?: (input: Input) => boolean;
  run(letopis: Letopis, input: Input): AsyncGenerator<Progress, Result, void>;
}

/** An operation with erased types, as the server finds it by its name. */
export interface NamedOperation {
  readonly name: string;
  /** Parses the input by the schema of the operation and runs it. @throws ZodError when the input does not match. */
  runParsed(letopis: Letopis, input: unknown): AsyncGenerator<unknown, unknown, void>;
}

/** Declares an operation. Adds `runParsed`, and with {@link Operation.writes} the wait for the read models. */
export function operation<Input, Progress, Result>(
  declared: Operation<Input, Progress, Result>,
): Operation<Input, Progress, Result> & NamedOperation {
  async function* run(letopis: Letopis, input: Input): AsyncGenerator<Progress, Result, void> {
    const result = yield* declared.run(letopis, input);
    if (declared.writes) await showWritten(letopis.services);
    return result;
  }
  return { ...declared, run, runParsed: (letopis, input) => run(letopis, declared.input.parse(input)) };
}

/** Thrown when an operation is refused. `text` tells the user why and what to do. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
  readonly text: Bilingual;

  constructor(text: Bilingual, options?: ErrorOptions) {
    const { ru, en } = text;
    super(ru === en ? ru : `${ru} / ${en}`, options);
    this.text = text;
  }

  /** Returns the refusal with a prefix before its text, such as the name of a file. */
  about(prefix: string): OperationRefused {
    return new OperationRefused(prefixed(prefix, this.text), { cause: this });
  }
}
