import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { killLoop } from './killLoop.js';

/** Number of kills: a few in every run of the tests, a hundred with `npm run faults`. */
const KILLS = Number(process.env.LETOPIS_KILLS ?? 2);
const SEED = Number(process.env.LETOPIS_SEED ?? 20_201_001);

let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => removeDirectory(directory));

describe(`a server killed ${KILLS} times under a load of commands (seed ${SEED})`, () => {
  it(
    'has lost nothing it acknowledged, stored nothing twice, and its read models equal a rebuild',
    async () => {
      const table = await killLoop(directory, KILLS, SEED);
      if (process.env.LETOPIS_KILLS) process.stdout.write(`${JSON.stringify(table, null, 2)}\n`);
      expect(table).toMatchObject({ found: table.acknowledged, doubled: 0, torn: 0, differing: 0 });
      expect(table.acknowledged).toBeGreaterThan(KILLS);
      expect(table.repeated).toBeGreaterThan(0);
    },
    60_000 + KILLS * 60_000,
  );
});
