import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { DataDirectory } from '../dataDirectory.js';

/** Longest path of a socket that every system takes, in bytes. */
const MAX_PATH = 100;

/**
 * Where a server takes the work of the command line: a socket in the data directory, which only its owner may use. A path
 * too long for a socket is told as seen from here, else it gets a place among the temporary files.
 */
export function socketPath({ path }: DataDirectory): string {
  const own = join(path, 'admin.sock');
  const near = relative(process.cwd(), own);
  const fitting = [own, near].find((candidate) => Buffer.byteLength(candidate) <= MAX_PATH);
  return fitting ?? join(tmpdir(), `letopis-${createHash('sha256').update(own).digest('hex').slice(0, 16)}.sock`);
}
