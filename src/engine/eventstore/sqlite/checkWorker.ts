/** Worker thread of damageWatch.ts: checks a whole chronicle without blocking the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkWhole } from './wholeCheck.js';

const { file }: { readonly file: string } = workerData;

parentPort?.postMessage(await checkWhole(file));
