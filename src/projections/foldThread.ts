/** Entry point of the thread that folds streams: see engine/projections/foldThread.ts. */
import { foldInThread } from '../engine/projections/foldThread.js';
import { READ_MODELS } from './readModels.js';

await foldInThread(READ_MODELS);
