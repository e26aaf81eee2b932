import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const DEFAULT = fileURLToPath(new URL('../../dist/', import.meta.url));
const DIRECTORY = pathToFileURL(`${resolve(process.env.LETOPIS_DIST ?? DEFAULT)}/`);

/**
 * Imports a module of the built Letopis: the benchmarks measure the build, never the sources. `LETOPIS_DIST` names
 * another build, to compare two builds, or to measure one while the sources are being changed.
 */
export function built(path) {
  return import(new URL(path, DIRECTORY));
}

/** The file of the sample plan beside the build. */
export const SAMPLE = new URL('../sample/buzuluk-2020-2021.txt', DIRECTORY);
