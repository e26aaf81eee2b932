import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { filesIn } from '../../src/app/dataDirectory.js';
import { verifyKeysIn } from '../../src/app/operations/verifyKeys.js';
import { apiAt } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { describeMongo, MONGODB, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { serveProcess } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { until } from '../support/waiting.js';
import { type Recipe, recipesOf } from './recipes.js';

const PROGRAM = fileURLToPath(new URL('../../bin/letopis.js', import.meta.url));
const PAGES = ['operations.md', 'cluster.md'];

/** Recipes that are not run, by the beginning of their first line, with the reason. */
const NOT_RUN: readonly (readonly [begin: string, why: string])[] = [
  ['scripts/compose-env', 'it starts containers, and there is no container engine where tests run'],
  [
    'curl -u admin:PASSWORD https://host:2113/users',
    'it makes a user of a KurrentDB, which cannot be installed where tests run',
  ],
  [
    "curl -u admin:PASSWORD 'https://host:2113/streams",
    'it sets the rights of a KurrentDB, which cannot be installed where tests run',
  ],
  [
    'LETOPIS_PARTS=2 ',
    'it starts processes that do not end: test/cluster/processes.test.ts divides the plans among some',
  ],
  ['npx letopis doctor', 'test/app/doctor.test.ts runs it on installations that are healthy, lagging and broken'],
  ['docker compose --profile monitoring', 'it starts containers: test/deploy checks what it names'],
  ['kubectl create namespace', 'it needs a cluster of containers: test/deploy checks the files that it applies'],
  ['docker compose run --rm backup', 'it starts containers: test/deploy checks what it names'],
];

/** The beginnings of the recipes of copies: in both directions, mixed installations, the backup of a cluster. */
const COPIES = [
  "npx letopis copy --from sqlite:./data --to 'esdb",
  "npx letopis copy --from 'esdb://host:2113?tls=false' --keys-from sqlite:./data",
  "npx letopis copy --from 'esdb://host:2113?tls=false' --keys-from mongodb://host:27017/letopis --to sqlite:./data-copy",
] as const;

/** The beginning of the recipe of completion. The function replaces a global installation. */
const COMPLETION = 'eval "$(npx letopis completion';

let home: string;
let chronicle: StandIn;
let mongo: MongoServer | undefined;
let recipes: Recipe[];
let masterKey: string;
const servers = new Set<ChildProcess>();

beforeAll(async () => {
  home = await temporaryDirectory();
  recipes = (await Promise.all(PAGES.map(recipesOf))).flat();
  for (const directory of ['bin', 'backups', 'safe']) await mkdir(join(home, directory));
  const npx = `#!/bin/sh\n[ "$1" = letopis ] && shift && exec '${process.execPath}' '${PROGRAM}' "$@"\n`;
  await writeFile(join(home, 'bin', 'npx'), npx);
  await chmod(join(home, 'bin', 'npx'), 0o755);
  const server = await serveProcess({
    LETOPIS_DATA: join(home, 'data'),
    LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
    LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
  });
  await server.stop('SIGTERM');
  masterKey = (await readFile(join(home, 'data', 'master.key'), 'utf8')).trim();
  // The files that the pages advise to keep apart from backups.
  await cp(join(home, 'data', 'master.key'), join(home, 'safe', 'master.key'));
  await writeFile(join(home, 'safe', 'forgotten.list'), '');
  chronicle = await startStandIn();
  mongo = MONGODB === undefined ? undefined : await startMongo();
}, 120_000);
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL');
  await chronicle?.close();
  await mongo?.close();
  await removeDirectory(home);
});

/** Returns the only recipe whose first line begins with a text. */
function recipe(begin: string): readonly string[] {
  const found = recipes.filter(({ lines }) => lines[0]?.startsWith(begin));
  if (found.length !== 1) throw new Error(`${found.length} recipes begin with ${begin}`);
  return found[0]?.lines ?? [];
}

/** Returns a line in the form in which it is run here: the same command, with the directories of the test. */
function here(line: string): string {
  const address = new URL(mongo?.url ?? 'mongodb://none');
  address.pathname = '/recipes';
  return line
    .replaceAll('esdb://host:2113?tls=false', chronicle.url)
    .replaceAll('mongodb://host:27017/letopis', `'${address.href}'`)
    .replaceAll('/backups/', join(home, 'backups/'))
    .replaceAll('/safe/', join(home, 'safe/'));
}

interface Started {
  readonly child: ChildProcess;
  /** Returns what the process has printed so far. */
  said(): string;
}

/** Runs a line as a reader of the page would. */
function started(line: string, settings: Readonly<Record<string, string>> = {}): Started {
  const child = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', here(line)], {
    cwd: home,
    env: {
      PATH: `${join(home, 'bin')}:${process.env.PATH}`,
      LETOPIS_PORT: '0',
      LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
      LETOPIS_LOG_LEVEL: 'error',
      ...settings,
    },
  });
  servers.add(child);
  child.once('close', () => servers.delete(child));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += String(text);
      child.emit('said');
    });
  }
  return { child, said: () => said };
}

/** Runs lines one after another. A server is stopped after it has printed its address. */
async function follow(lines: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<string> {
  let printed = '';
  for (const line of lines) {
    const { child, said } = started(line, settings);
    child.on('said', () => {
      if (said().includes('Ctrl-C')) child.kill('SIGTERM');
    });
    const [code] = await once(child, 'close');
    if (code !== 0 && !said().includes('Ctrl-C')) throw new Error(`${line} ended with ${code}: ${said()}`);
    printed += said();
  }
  return printed;
}

/** Runs a line that serves, and waits until it does. */
async function serving(line: string): Promise<Started & { stop(): Promise<void> }> {
  const server = started(line, { LETOPIS_BOOTSTRAP_KEY: keyOf('administrator') });
  await until(() => server.said().includes('Ctrl-C') || server.child.exitCode !== null);
  return {
    ...server,
    async stop() {
      const end = once(server.child, 'close');
      server.child.kill('SIGTERM');
      await end;
    },
  };
}

/** The first match in a text. */
function foundIn(text: string, pattern: RegExp): string {
  const [found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`there is no ${pattern} in ${text}`);
  return found;
}

/** Returns the public key of the log of a directory, and of its built-in witness. */
async function keysOfLog(directory: string): Promise<readonly [log: string, witness: string]> {
  const printed = await follow([`npx letopis verify --data ${directory}`]);
  return [foundIn(printed, /letopis\/[^\s/]+\+[0-9a-f]{8}\+\S+/), foundIn(printed, /letopis\/[^\s/]+\/witness\+\S+/)];
}

/** Returns how the keys in a directory match its events. */
async function keysIn(directory: string) {
  const keys = await verifyKeysIn(filesIn(join(home, directory)), masterKey);
  return keys && { checked: keys.checked, found: keys.found, isThere: keys.held > 0 };
}

const WHOLE = { checked: 'opened', found: 0, isThere: true };

describe('the recipes for operators', () => {
  it('are all run here, but those for which a reason is given', () => {
    const commands = [
      'npx letopis backup',
      'npx letopis restore',
      'npx letopis verify --key',
      'npx letopis witness serve',
    ];
    const begins = [...commands, COMPLETION, ...COPIES];
    const unknown = recipes.filter(({ lines: [first = ''] }) =>
      [...begins, ...NOT_RUN.map(([begin]) => begin)].every((begin) => !first.startsWith(begin)),
    );
    expect(unknown).toEqual([]);
    expect(recipes).toHaveLength(begins.length + NOT_RUN.length);
  });

  it('complete commands in a shell', async () => {
    const lines = [...recipe(COMPLETION), 'complete -p npx'];
    expect(await follow([lines.join('\n')])).toMatch(/^complete .*_letopis npx$/m);
  });

  it('make a backup, put it back and serve it', async () => {
    expect(await follow(recipe('npx letopis backup'))).toContain('.tar.gz');
    const [archive = ''] = await readdir(join(home, 'backups'));
    const [restore = '', ...rest] = recipe('npx letopis restore');
    await follow([restore.replace(/letopis-\d{4}-\d\d-\d\d\.tar\.gz/, archive), ...rest]);
    expect(await keysIn('data-new')).toEqual(WHOLE);
  }, 60_000);

  it('verify a restored log by its published keys, and accept it', async () => {
    const [verify = '', ...accept] = recipe('npx letopis verify --key');
    const [log, witness] = await keysOfLog('data');
    const [archive = ''] = await readdir(join(home, 'backups'));
    await follow([`npx letopis restore /backups/${archive} --data ./data-again`]);
    await cp(join(home, 'safe', 'master.key'), join(home, 'data-again', 'master.key'));
    const settings = { LETOPIS_DATA: './data-again' };
    const keyed = verify.replace('--key KEY', `--key '${log}'`).replace('--witness KEY', `--witness '${witness}'`);
    expect(await follow([keyed, ...accept], settings)).toContain(log);
    const events = await follow(['npx letopis events --stream log --type LogAccepted'], settings);
    expect(events.trim().split('\n')).toHaveLength(1);
    const other = keyed.replace(/[0-9a-f]{8}(?=\+)/, '00000000');
    await expect(follow([other], settings)).rejects.toThrow(/ended with/);
  }, 60_000);

  it('make a department a witness of its schools', async () => {
    const [serveWitness = '', serveSchool = ''] = recipe('npx letopis witness serve');
    const [log] = await keysOfLog('data');
    const witness = await serving(`${serveWitness.replaceAll("'letopis/…+id+key'", `'${log}'`)} --port 0`);
    const key = foundIn(witness.said(), /department\.example\/witness\+[0-9a-f]{8}\+\S+/);
    const address = foundIn(witness.said(), /http:\/\/\S+/);
    const school = await serving(
      serveSchool.replace('department.example/witness+id+key http://department.example:7380', `${key} ${address}`),
    );
    const api = apiAt(new URL(foundIn(school.said(), /http:\/\/[^/\s]+\/graphql/)).origin);
    const shape = z.object({
      system: z.object({ cosigned: z.object({ isWitnessed: z.boolean(), quorum: z.number() }).nullable() }),
    });
    const cosigned = () => api.read(shape, '{ system { cosigned { isWitnessed quorum } } }');
    await until(async () => (await cosigned()).system.cosigned?.isWitnessed === true, 50);
    await school.stop();
    await witness.stop();
  }, 60_000);
});

describeMongo('the recipes for a cluster', () => {
  it('carry a chronicle with its keys to servers and back', async () => {
    const [there = '', back = ''] = recipe(COPIES[0]);
    const made = await follow([there]);
    expect(made).toMatch(/Ключи перенесены: [1-9]/);
    const returned = await follow([back.replace('./data-new', './data-back')]);
    expect(/SHA-256 \S+/.exec(returned)?.[0]).toBe(/SHA-256 \S+/.exec(made)?.[0]);
    expect(await keysIn('data-back')).toEqual(WHOLE);
  }, 60_000);

  it('carry the keys of installations whose events and read models are on different engines', async () => {
    await follow(recipe(COPIES[1]));
    expect([await keysIn('data-from-servers'), await keysIn('data-from-files')]).toEqual([WHOLE, WHOLE]);
  }, 60_000);

  it('are refused where no keys would be carried', async () => {
    await mkdir(join(home, 'events-alone'));
    await cp(join(home, 'data', 'chronicle.db'), join(home, 'events-alone', 'chronicle.db'));
    const copy = 'npx letopis copy --from sqlite:./events-alone --to sqlite:./data-without';
    await expect(follow([copy])).rejects.toThrow('в ./events-alone нет ключей лиц');
    expect(await readdir(home)).not.toContain('data-without');
  }, 60_000);

  it('are refused where nothing says where the keys of a cluster are', async () => {
    const copy = "npx letopis copy --from 'esdb://host:2113?tls=false' --to sqlite:./data-keyless";
    await expect(follow([copy])).rejects.toThrow(/укажите их место через --keys-from mongodb:\/\/… .+ --no-keys/);
    expect(await readdir(home)).not.toContain('data-keyless');
  }, 60_000);

  it('make a backup of a cluster that can be put back', async () => {
    await follow(recipe(COPIES[2]));
    const archive = (await readdir(join(home, 'backups'))).find((name) => name.startsWith('letopis-cluster-'));
    await follow([`npx letopis restore /backups/${archive} --data ./data-restored`]);
    await cp(join(home, 'safe', 'master.key'), join(home, 'data-restored', 'master.key'));
    expect(await keysIn('data-restored')).toEqual(WHOLE);
    await follow(['LETOPIS_DATA=./data-restored npx letopis serve']);
  }, 60_000);
});
