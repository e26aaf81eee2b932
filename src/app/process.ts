// Some commands load types of the API, whose decorators need this import before all others.
import 'reflect-metadata';
import process from 'node:process';
import { pino } from 'pino';
import { errorCode } from '../engine/storage/thrown.js';
import { commandName, main } from './cli.js';
import { createForOwnerAlone } from './rights.js';

/** Runs the command line with the arguments and streams of this process, and sets its exit code. */
export async function runProcess(): Promise<void> {
  createForOwnerAlone();
  const argv = process.argv.slice(2);
  process.stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
    // The reader of the pipe has closed it (`npx letopis events | head`). A server continues.
    if (commandName(argv) !== 'serve') process.exit();
  });
  const { env, stdin, stdout, stderr } = process;
  process.exitCode = await main(argv, { env, stdin, stdout, stderr, log: pino.destination(2), stopped });
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
