import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Bilingual, Language } from '../../domain/language.js';
import { MAX_LONG } from '../../domain/texts.js';
import { perform, type TellProgress } from '../admin/client.js';
import { inOneLanguage } from '../bilingual.js';
import { type Config, readConfig } from '../config.js';
import { filesIn } from '../dataDirectory.js';
import { type Operation, OperationRefused } from '../operations/operation.js';
import { pathExists } from '../pathExists.js';

/** Flags that override settings. */
export interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly roles?: string;
}

/** Arguments of `option()` that declare `--data`. */
export const DATA = ['--data <directory>', 'where the files are (LETOPIS_DATA; by default ./data)'] as const;

/** A standard stream for output. */
export type Output = Writable & { readonly isTTY?: boolean };

/** The parts of the process that the command line uses. */
export interface ProcessIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Destination of the log. */
  readonly log: DestinationStream;
  /** Waits for a signal that stops the process (SIGINT or SIGTERM). */
  stopped(): Promise<void>;
}

/** Thrown in place of ending the process, after the command line printed its help text or a wrong argument. */
export class Exit extends Error {
  override readonly name = 'Exit';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** The settings, language, standard streams and exit code of one run of the command line. */
export class Terminal {
  /** The exit code of a run that ends without an error. An error does not change a code that is already set. */
  exitCode: number | undefined;
  /** Language of what is printed for people. */
  readonly language: Language;
  readonly #io: ProcessIo;

  constructor(io: ProcessIo, language: Language) {
    this.#io = io;
    this.language = language;
  }

  get stdout(): Output {
    return this.#io.stdout;
  }

  get stderr(): Output {
    return this.#io.stderr;
  }

  /** Waits for a signal that stops the process. */
  stopped(): Promise<void> {
    return this.#io.stopped();
  }

  /** Directory of the results of earlier verifications, outside of the verified data. */
  get state(): string {
    return join(this.#io.env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'letopis');
  }

  /** Returns the configuration from the environment, overridden by the flags. @throws InvalidConfig */
  config({ host, port, data, roles }: Flags = {}): Config {
    return readConfig({
      ...this.#io.env,
      ...(host === undefined ? {} : { LETOPIS_HOST: host }),
      ...(port === undefined ? {} : { LETOPIS_PORT: port }),
      ...(data === undefined ? {} : { LETOPIS_DATA: data }),
      ...(roles === undefined ? {} : { LETOPIS_ROLES: roles }),
    });
  }

  /**
   * Returns the configuration of the chronicle to read. If the directory in `--data` contains a chronicle, such as a
   * copy, only this directory is read, even if engines are configured.
   */
  async chronicleConfig(flags: Flags): Promise<Config> {
    const config = this.config(flags);
    const isOwn = flags.data !== undefined && (await pathExists(filesIn(flags.data).chronicle));
    return isOwn ? { ...config, LETOPIS_EVENT_STORE: 'sqlite:', LETOPIS_READ_STORE: 'sqlite:' } : config;
  }

  /** Prints a line to standard output. Log lines are written to standard error. */
  say(line: string | Bilingual): void {
    this.#io.stdout.write(`${this.text(line)}\n`);
  }

  /** Prints a line to standard error. */
  warn(line: string | Bilingual): void {
    this.#io.stderr.write(`${this.text(line)}\n`);
  }

  /** Returns a text in the language of this run. */
  text(text: string | Bilingual): string {
    return inOneLanguage(text, this.language);
  }

  /** Applies `read` to each row of standard input and prints the results. Tabs separate cells; «⏎» is a line break. */
  async sayOfRows(read: (cells: readonly string[]) => readonly string[]): Promise<void> {
    for (const [index, line] of (await text(this.#io.stdin)).split(/\r?\n/).entries()) {
      if (line.length > MAX_LONG) {
        throw new OperationRefused({
          ru: `в строке ${index + 1} знаков: ${line.length}, а можно не больше ${MAX_LONG}`,
          en: `line ${index + 1} has ${line.length} characters; a row has at most ${MAX_LONG}`,
        });
      }
      if (line !== '') this.say(read(line.split('\t').map((cell) => cell.replaceAll('⏎', '\n'))).join('\t'));
    }
  }

  /** Returns a progress line, which overwrites itself. It prints nothing when standard error is not a terminal. */
  progressLine(): { show(text: string | Bilingual): void; end(): void } {
    const { stderr } = this.#io;
    const isTerminal = stderr.isTTY === true;
    return {
      show: (text) => {
        if (isTerminal) stderr.write(`\r\x1b[K${this.text(text)}`);
      },
      end: () => {
        if (isTerminal) stderr.write('\r\x1b[K');
      },
    };
  }

  /** Returns a logger to standard error, without the tokens of requests. */
  logger(config: Config): Logger {
    return pino(
      { level: config.LETOPIS_LOG_LEVEL, redact: ['req.headers.authorization', 'req.headers.cookie'] },
      this.#io.log,
    );
  }

  /** Runs an operation on the running server of the data directory, or on the files. See {@link perform}. */
  perform<Input, Progress, Result>(
    flags: Flags,
    operation: Operation<Input, Progress, Result>,
    input: Input,
    tell?: TellProgress<Progress>,
  ): Promise<Result> {
    const config = this.config(flags);
    return perform(config, this.logger(config), operation, input, tell);
  }
}
