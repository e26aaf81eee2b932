import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Starts the measured engines: those of KURRENTDB_URL and MONGODB_URL, or the stand-ins of the tests. A stand-in shows
 * the cost of Letopis, not the speed of the engine.
 */
export async function engines() {
  const directory = await mkdtemp(join(tmpdir(), 'letopis-bench-engines-'));
  const children = [];
  const portOf = async (child) => {
    children.push(child);
    const [text] = await once(child.stdout, 'data');
    return Number(String(text).trim());
  };
  let [events, mongo] = [process.env.KURRENTDB_URL, process.env.MONGODB_URL];
  const names = [events ? 'KurrentDB' : 'the stand-in for KurrentDB', mongo ? 'MongoDB' : 'mongo-java-server'];
  if (!events) {
    const port = await portOf(
      fork(root('test/support/kurrentdb/standIn.mjs'), [directory, '0'], {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        execArgv: ['--disable-warning=ExperimentalWarning'],
      }),
    );
    events = `esdb://127.0.0.1:${port}?tls=false`;
  }
  if (!mongo) {
    const lib = root('.cache/mongo-stand-in/lib');
    if (!existsSync(lib)) throw new Error('no MongoDB found: run scripts/mongo-stand-in, or set MONGODB_URL');
    const java = [
      '-Xmx6g',
      '-cp',
      `${lib}/*`,
      root('test/support/mongodb/Main.java'),
      // With a file it loses its own pages in a large district («Chunk not found»), so it stores in memory.
      '-',
      '0',
    ];
    const port = await portOf(spawn('java', java, { stdio: ['ignore', 'pipe', 'ignore'] }));
    mongo = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  }
  return {
    events,
    mongo,
    names,
    /** The processes of the stand-ins. */
    processes: children.map(({ pid }) => pid),
    async close() {
      for (const child of children) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
