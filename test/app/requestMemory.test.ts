import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { BOOTSTRAP_KEY } from '../support/keys.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const SCRIPT = fileURLToPath(new URL('../support/requestMemory.js', import.meta.url));
const FLAGS = ['--expose-gc', '--max-semi-space-size=32', '--disable-warning=ExperimentalWarning'];

it('minor garbage collections free what a request has allocated, once it is answered', async () => {
  const directory = await temporaryDirectory();
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, SCRIPT, directory, BOOTSTRAP_KEY]);
    const sizes = z.object({ characters: z.number(), allocated: z.number(), retained: z.number() });
    const { characters, allocated, retained } = sizes.parse(JSON.parse(stdout));
    expect(characters).toBeGreaterThan(10_000);
    expect(allocated).toBeGreaterThan(500_000);
    // A WeakMap, or a function literal assigned to a property, would retain the rows and bodies of each request.
    expect(retained / allocated).toBeLessThan(0.08);
  } finally {
    await removeDirectory(directory);
  }
});
