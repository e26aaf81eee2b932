import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const DEFAULT = fileURLToPath(new URL('../../dist/', import.meta.url));
const DIRECTORY = pathToFileURL(`${resolve(process.env.LETOPIS_DIST ?? DEFAULT)}/`);

/**
 * A module of the built Letopis. What is measured is what runs: the build, never the sources. `LETOPIS_DIST` names
 * another build, so that two of them can be compared and one be measured while the other is written anew.
 */
export function built(path) {
  return import(new URL(path, DIRECTORY));
}

/** The file of the sample plan that stands beside the build. */
export const SAMPLE = new URL('../sample/buzuluk-2020-2021.txt', DIRECTORY);
