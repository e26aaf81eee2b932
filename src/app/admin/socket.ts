import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { DataDirectory } from '../dataDirectory.js';

/** Longest path of a socket that every system takes, in bytes. */
const MAX_PATH = 100;

const FOLDER = 'letopis-';
const NAME = 'admin.sock';

/**
 * Returns where a server listens for the command line: `admin.sock` in the data directory, which its owner alone may enter.
 * When that path is too long for a socket, it is in a folder of a random name that its owner alone may enter, below
 * XDG_RUNTIME_DIR or the directory for temporary files, and `admin.sock.path` in the data directory names it.
 */
export async function placeForSocket(files: DataDirectory): Promise<string> {
  await removeSocket(files);
  const own = ownSocket(files);
  if (fits(own)) return own;
  // mkdtemp makes folders of 0700, whatever the umask allows.
  const path = join(await privateFolder(), NAME);
  await writeFile(pointerOf(files), `${path}\n`, { mode: 0o600 });
  return path;
}

/** Returns where the server of a data directory listens; undefined when none has said so. */
export async function socketOf(files: DataDirectory): Promise<string | undefined> {
  const own = ownSocket(files);
  if (fits(own)) return own;
  const path = (await readFile(pointerOf(files), 'utf8').catch(() => '')).trim();
  return isPlace(path) ? path : undefined;
}

/** Removes the socket that a server of this directory has left, with its folder. */
export async function removeSocket(files: DataDirectory): Promise<void> {
  const path = await socketOf(files);
  await rm(ownSocket(files), { force: true });
  await rm(pointerOf(files), { force: true });
  if (path !== undefined && path !== ownSocket(files)) await rm(dirname(path), { recursive: true, force: true });
}

function ownSocket({ path }: DataDirectory): string {
  return join(path, NAME);
}

function pointerOf({ path }: DataDirectory): string {
  return join(path, `${NAME}.path`);
}

/** A path that this version makes: nothing else is followed or removed. */
function isPlace(path: string): boolean {
  return basename(path) === NAME && basename(dirname(path)).startsWith(FOLDER) && fits(path);
}

async function privateFolder(): Promise<string> {
  const runtime = process.env.XDG_RUNTIME_DIR ?? '';
  if (runtime !== '' && fits(join(runtime, `${FOLDER}XXXXXX`, NAME))) {
    // One that is not there, or belongs to somebody else, is passed over.
    const made = await mkdtemp(join(runtime, FOLDER)).catch(() => undefined);
    if (made !== undefined) return made;
  }
  return mkdtemp(join(tmpdir(), FOLDER));
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_PATH;
}
