import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { DataDirectory } from '../dataDirectory.js';

/** Longest socket path that all supported systems accept, in bytes. */
const MAX_PATH = 100;

const FOLDER = 'letopis-';
const SOCKET_NAME = 'admin.sock';

/**
 * Returns the path at which a server listens for the command line: `admin.sock` in the data directory, which only its
 * owner can enter. If that path is too long for a socket, the socket is in a folder with a random name, which only its
 * owner can enter, below XDG_RUNTIME_DIR or the directory for temporary files. The file `admin.sock.path` in the data
 * directory then contains the path.
 */
export async function placeForSocket(files: DataDirectory): Promise<string> {
  await removeSocket(files);
  const own = ownSocket(files);
  if (isShortEnough(own)) return own;
  // mkdtemp creates folders with mode 0700.
  const path = join(await privateFolder(), SOCKET_NAME);
  await writeFile(pointerOf(files), `${path}\n`, { mode: 0o600 });
  return path;
}

/** Returns the path at which the server of a data directory listens; undefined when no valid path is recorded. */
export async function socketOf(files: DataDirectory): Promise<string | undefined> {
  const own = ownSocket(files);
  if (isShortEnough(own)) return own;
  const path = (await readFile(pointerOf(files), 'utf8').catch(() => '')).trim();
  return isPlace(path) ? path : undefined;
}

/** Removes the socket of this data directory, and its folder below the directory for temporary files. */
export async function removeSocket(files: DataDirectory): Promise<void> {
  const path = await socketOf(files);
  await rm(ownSocket(files), { force: true });
  await rm(pointerOf(files), { force: true });
  if (path !== undefined && path !== ownSocket(files)) await rm(dirname(path), { recursive: true, force: true });
}

function ownSocket({ path }: DataDirectory): string {
  return join(path, SOCKET_NAME);
}

function pointerOf({ path }: DataDirectory): string {
  return join(path, `${SOCKET_NAME}.path`);
}

/** Returns true for a path that this version creates. Other paths in `admin.sock.path` are neither used nor removed. */
function isPlace(path: string): boolean {
  return basename(path) === SOCKET_NAME && basename(dirname(path)).startsWith(FOLDER) && isShortEnough(path);
}

async function privateFolder(): Promise<string> {
  const runtime = process.env.XDG_RUNTIME_DIR ?? '';
  if (runtime !== '' && isShortEnough(join(runtime, `${FOLDER}XXXXXX`, SOCKET_NAME))) {
    // Skipped when the directory does not exist or belongs to another user.
    const made = await mkdtemp(join(runtime, FOLDER)).catch(() => undefined);
    if (made !== undefined) return made;
  }
  return mkdtemp(join(tmpdir(), FOLDER));
}

function isShortEnough(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_PATH;
}
