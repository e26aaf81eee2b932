/**
 * Measures how a process answers while it fills its read models, as after an upgrade: the time of `/health/live` and
 * `/metrics`, and the memory. On files, and with the events on a KurrentDB (the stand-in, or KURRENTDB_URL).
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { built } from './lib/dist.js';
import { district, sizeOf } from './lib/district/generate.js';
import { engines } from './lib/engines.js';
import { optionsOf } from './lib/options.js';
import { megabytes, progress, Report } from './lib/report.js';

const { newToken } = await built('access/tokens.js');
const { copyChronicle } = await built('app/operations/copy.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { openKurrentDbEventStore } = await built('engine/eventstore/kurrentdb/store.js');

const options = optionsOf({
  events: { type: 'string', default: '20000' },
  /** Heap limit of the server in MB; 0 for none. */
  heap: { type: 'string', default: '512' },
});
const events = options.quick ? 1_000 : Number(options.events);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ALL_MS = 1_800_000;

const report = new Report('Answers while read models are filled');
const directory = await mkdtemp(join(tmpdir(), 'letopis-bench-filling-'));
const servers = await engines();
try {
  const found = await district(options.dir, sizeOf(events));
  const chronicle = await openSqliteEventStore(found.files.chronicle);
  const namespace = `f${randomBytes(6).toString('hex')}`;
  progress('copying the events to KurrentDB');
  const { chronicleId } = chronicle;
  const target = await openKurrentDbEventStore(servers.events, { namespace, chronicleId });
  for await (const _ of copyChronicle(chronicle, target));
  await target.close();
  await chronicle.close();
  await measured('files', found, {});
  const onServer = { LETOPIS_EVENT_STORE: servers.events, LETOPIS_NAMESPACE: namespace };
  await measured(servers.names[0], found, onServer);
  report.finish();
} finally {
  await servers.close();
  await rm(directory, { recursive: true, force: true });
}

/** Starts a server on a directory without read models, and measures its answers until it is ready. */
async function measured(name, { files, clock }, settings) {
  progress(`filling: ${name}`);
  const data = join(directory, name.replace(/\W/g, ''));
  await cp(files.path, data, { recursive: true, filter: (path) => !/readmodels/.test(path) });
  const key = newToken();
  const heap = Number(options.heap) > 0 ? [`--max-old-space-size=${options.heap}`] : [];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...heap, 'bin/letopis.js', 'serve'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      LETOPIS_DATA: data,
      LETOPIS_PORT: '43117',
      LETOPIS_SAMPLE: 'off',
      LETOPIS_RATE: '10000000',
      LETOPIS_CLOCK: clock,
      LETOPIS_BOOTSTRAP_KEY: key,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const headers = { authorization: `Bearer ${key}` };
  const address = 'http://127.0.0.1:43117';
  const times = { '/health/live': [], '/metrics': [] };
  const start = performance.now();
  let rss = 0;
  try {
    for (let turn = 0; performance.now() - start < ALL_MS; turn += 1) {
      const ready = await fetch(`${address}/health/ready`).catch(() => undefined);
      if (ready?.ok) break;
      if (ready) {
        for (const path of turn % 5 === 0 ? ['/health/live', '/metrics'] : ['/health/live']) {
          const asked = performance.now();
          await (await fetch(`${address}${path}`, { headers })).text();
          times[path].push(performance.now() - asked);
        }
        const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
        rss = Math.max(rss, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024);
      }
      await pause(20);
    }
  } finally {
    child.kill('SIGKILL');
  }
  const seconds = (performance.now() - start) / 1_000;
  report.figure(`${name}: ${events} events`, `${seconds.toFixed(1)} s`, `memory ${megabytes(rss)}`);
  for (const [path, all] of Object.entries(times)) {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share) => `${Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)} ms`;
    report.figure(`${name}: ${path}`, at(1), `median ${at(0.5)}, 99 % ${at(0.99)}, ${sorted.length} answers`);
  }
}
