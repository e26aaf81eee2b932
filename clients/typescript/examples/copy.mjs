// Keeps a copy of all plans that a key sees: LETOPIS_KEY=… node examples/copy.mjs http://localhost:4000 ./copy
import { directoryStore, keepCopy } from 'letopis-client';

const [address = 'http://localhost:4000', directory = 'copy'] = process.argv.slice(2);
await keepCopy({ address, key: process.env.LETOPIS_KEY ?? '' }, directoryStore(directory));
