#!/usr/bin/env node
import process from 'node:process';
import { main } from '../dist/app/cli.js';

main(process.argv).catch((error) => {
  process.stderr.write(`letopis: ${error instanceof Object && 'message' in error ? error.message : error}\n`);
  // A command may have said better how it ended.
  process.exitCode ??= 1;
});
