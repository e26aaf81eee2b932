import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { MAX_LONG } from '../../domain/texts.js';
import { type Config, readConfig } from '../config.js';

/** Flags that override settings. */
export interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly roles?: string;
}

/** Arguments of `option()` that declare `--data`. */
export const DATA = ['--data <directory>', 'where the files are (LETOPIS_DATA)'] as const;

/** Returns the configuration from the environment, overridden by the flags. @throws InvalidConfig */
export function configOf({ host, port, data, roles }: Flags): Config {
  return readConfig({
    ...process.env,
    ...(host === undefined ? {} : { LETOPIS_HOST: host }),
    ...(port === undefined ? {} : { LETOPIS_PORT: port }),
    ...(data === undefined ? {} : { LETOPIS_DATA: data }),
    ...(roles === undefined ? {} : { LETOPIS_ROLES: roles }),
  });
}

/** Prints a line to standard output. The log goes to standard error. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Applies `read` to each row of standard input and prints the results. Tabs separate cells; «⏎» is a line break. */
export async function sayOfRows(read: (cells: readonly string[]) => readonly string[]): Promise<void> {
  for (const [index, line] of (await text(process.stdin)).split(/\r?\n/).entries()) {
    if (line.length > MAX_LONG) {
      throw new Error(`line ${index + 1} has ${line.length} characters; a row has at most ${MAX_LONG}`);
    }
    if (line !== '') say(read(line.split('\t').map((cell) => cell.replaceAll('⏎', '\n'))).join('\t'));
  }
}

/** Returns a progress line, which overwrites itself. It prints nothing when standard error is not a terminal. */
export function progressLine(): { show(text: string): void; end(): void } {
  const isTerminal = process.stderr.isTTY;
  return {
    show: (text) => {
      if (isTerminal) process.stderr.write(`\r\x1b[K${text}`);
    },
    end: () => {
      if (isTerminal) process.stderr.write('\r\x1b[K');
    },
  };
}

/** Returns a logger to standard error, without the tokens of requests. */
export function loggerOf(config: Config) {
  return pino({ level: config.LETOPIS_LOG_LEVEL, redact: ['req.headers.authorization'] }, pino.destination(2));
}
