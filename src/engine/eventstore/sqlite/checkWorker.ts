/** Worker thread of damageWatch.ts: checks a whole chronicle without blocking the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkWhole } from './wholeCheck.js';

const { file, stop }: { readonly file: string; readonly stop: Int32Array } = workerData;

parentPort?.postMessage(await checkWhole(file, () => Atomics.load(stop, 0) !== 0));
