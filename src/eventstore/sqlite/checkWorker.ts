/** Checks a whole chronicle in a thread of its own, so that the server goes on answering: see damageWatch.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkWhole } from './wholeCheck.js';

const { file }: { readonly file: string } = workerData;

parentPort?.postMessage(await checkWhole(file));
