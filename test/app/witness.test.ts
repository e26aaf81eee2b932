import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { perform } from '../../src/app/admin/client.js';
import { openLetopis } from '../../src/app/compose.js';
import { giveAccess } from '../../src/app/operations/access.js';
import { serveWitness } from '../../src/app/witness/serve.js';
import { parseCheckpoint } from '../../src/engine/log/checkpoint.js';
import { cosignedAt, type NoteVerifier, verifierFrom, witnessFrom } from '../../src/engine/log/note.js';
import type { Cosigned } from '../../src/engine/signing/cosigning.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { copyData } from '../support/closedFiles.js';
import { freePort } from '../support/ports.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';
import { skipped } from '../support/skipping.js';
import { until } from '../support/waiting.js';

/** A running witness, which watches a log and stores its state in a directory. */
interface RunningWitness {
  readonly key: string;
  readonly address: string;
  stop(): Promise<void>;
}

type StartWitness = (directory: string, origin: string, logKey: string) => Promise<RunningWitness>;

const NAME = 'witness.example/one';

async function ourWitness(directory: string, _: string, logKey: string): Promise<RunningWitness> {
  const options = { directory, name: NAME, logs: [verifierFrom(logKey)], host: '127.0.0.1', port: 0 };
  const { key, address, close } = await serveWitness(options, silent);
  return { key, address, stop: close };
}

/** The program of another author, when it was installed: `go install filippo.io/torchwood/cmd/litewitness@v0.6.1`. */
const LITEWITNESS = [...(process.env.PATH ?? '').split(delimiter), join(homedir(), 'go', 'bin')]
  .map((folder) => join(folder, 'litewitness'))
  .find((file) => existsSync(file));

async function litewitness(directory: string, origin: string, logKey: string): Promise<RunningWitness> {
  const [key, socket, db] = [join(directory, 'key'), join(directory, 'agent'), join(directory, 'witness.sqlite')];
  if (!existsSync(key)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const isNew = !existsSync(db);
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await until(async () => existsSync(socket));
  execFileSync('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
  const [, fingerprint = ''] = execFileSync('ssh-keygen', ['-lf', `${key}.pub`])
    .toString()
    .split(' ');
  const listen = `127.0.0.1:${await freePort()}`;
  const flags = { name: NAME, db, 'ssh-agent': socket, listen, key: fingerprint };
  const child = spawn(
    LITEWITNESS ?? '',
    Object.entries(flags).map(([name, value]) => `-${name}=${value}`),
  );
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const found = () => /vkey="?([^"\s]+)/.exec(said)?.[1];
  await until(async () => found() !== undefined && (await fetch(`http://${listen}/`).then(Boolean, () => false)));
  if (isNew) {
    const database = await openSqlite(db, 'writer');
    database.prepare('INSERT INTO log (origin, tree_size, tree_hash) VALUES (?, 0, ?)').run(origin, EMPTY);
    database.prepare('INSERT INTO key (origin, key) VALUES (?, ?)').run(origin, logKey);
    database.close();
  }
  const ended = async (process: ChildProcess) => {
    const end = once(process, 'close');
    process.kill();
    await end;
  };
  return {
    key: found() ?? '',
    address: `http://${listen}`,
    async stop() {
      await ended(child);
      await ended(agent);
    },
  };
}

/** The root of the empty tree. */
const EMPTY = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

let home: string;
beforeEach(async () => {
  home = await temporaryDirectory();
});
afterEach(() => removeDirectory(home));

const NOBODY = { post: null, organisation: null, organisationIds: null, expiresAt: null, identity: null };

/** Records an event without a server; the log is signed when that ends. */
async function record(directory: string, name: string): Promise<void> {
  const asked = { ...({ do: 'issue', role: 'auditor', name } as const), ...NOBODY };
  await perform(testConfig({ directory }), silent, giveAccess, asked);
}

/** Opens a chronicle with witnesses. Returns the state of its last checkpoint when each witness has answered. */
async function published(
  directory: string,
  witnesses: readonly Pick<RunningWitness, 'key' | 'address'>[],
  { isAway = false, more = {} }: { readonly isAway?: boolean; readonly more?: Readonly<Record<string, string>> } = {},
) {
  const list = witnesses.map(({ key, address }) => `${key} ${address}`).join(', ');
  const settings = { LETOPIS_WITNESSES: list, ...more };
  const letopis = await openLetopis(testConfig({ directory, settings }), silent, { following: false });
  const { logState, log } = letopis.services;
  let standing: Cosigned | undefined;
  await until(async () => {
    standing = (await logState()).cosigned;
    // A witness on a busy machine may miss one deadline, so it is asked again.
    return (
      standing?.witnesses.every(
        ({ cosignedAt: seenAt, problem }) =>
          seenAt !== null || (problem !== null && (isAway || problem !== 'UNREACHABLE')),
      ) ?? false
    );
  });
  const note = (await log?.lastCheckpoint()) ?? '';
  await letopis.close();
  return { standing, note };
}

async function logOf(directory: string): Promise<{ readonly origin: string; readonly key: string }> {
  const letopis = await openLetopis(testConfig({ directory }), silent, { following: false });
  const key = (await letopis.services.log?.publicKeys())?.log ?? '';
  await letopis.close();
  return { origin: verifierFrom(key).name, key };
}

const PROGRAMS: readonly (readonly [name: string, start: StartWitness])[] = [
  ['letopis witness serve', ourWitness],
  ...(LITEWITNESS === undefined ? [] : [['litewitness', litewitness] as const]),
];

describe('a request that our witness cannot answer', () => {
  it.each([
    ['that is too long', 'add-checkpoint', 'x'.repeat(20_000), 413],
    ['whose address is malformed', '%', '', 400],
  ])('%s is refused without the message of a library', async (_, path, body, status) => {
    const school = join(home, 'school');
    await record(school, 'Первая');
    const { key } = await logOf(school);
    const witness = await ourWitness(home, '', key);
    const answer = await fetch(`${witness.address}/${path}`, { method: 'POST', body });
    const text = await answer.text();
    await witness.stop();
    expect([answer.status, text]).toEqual([status, 'This is no request of C2SP tlog-witness.\n']);
  });
});

describe.each(PROGRAMS)('a witness that is %s', (_, start) => {
  it('cosigns what goes on from what it has cosigned, also after a restart, and refuses a fork and a rollback', async () => {
    const [school, fork, older] = [join(home, 'school'), join(home, 'fork'), join(home, 'older')];
    await record(school, 'Первая');
    const { origin, key } = await logOf(school);
    let witness = await start(home, origin, key);
    const first = await published(school, [witness]);
    expect(first.standing).toMatchObject({ isWitnessed: true, quorum: 1, witnesses: [{ name: NAME, problem: null }] });
    const checkpoint = parseCheckpoint(first.note);
    expect(cosignedAt(checkpoint.note, witnessFrom(witness.key))).toBeGreaterThan(Date.now() / 1_000 - 600);

    // From here on the same key signs two histories.
    await copyData(school, fork);
    await copyData(school, older);
    await record(school, 'Вторая');
    await record(school, 'Третья');
    expect((await published(school, [witness])).standing).toMatchObject({ isWitnessed: true });
    await witness.stop();
    witness = await start(home, origin, key);
    for (const name of ['Иная', 'Иная вторая', 'Иная третья']) {
      await record(fork, name);
      const { standing } = await published(fork, [witness]);
      expect(standing).toMatchObject({ isWitnessed: false, witnesses: [{ cosignedAt: null, problem: 'FORKED' }] });
    }
    await record(school, 'Четвёртая');
    expect((await published(school, [witness])).standing).toMatchObject({ isWitnessed: true });
    await witness.stop();
  }, 120_000);

  it('does not cosign a log that it does not watch', async () => {
    const [school, other] = [join(home, 'school'), join(home, 'other')];
    await record(school, 'Первая');
    await record(other, 'Чужая');
    const { origin, key } = await logOf(school);
    const witness = await start(home, origin, key);
    const { standing } = await published(other, [witness]);
    expect(standing?.witnesses).toMatchObject([{ cosignedAt: null, problem: 'NOT_WATCHED' }]);
    await witness.stop();
  }, 120_000);
});

if (LITEWITNESS === undefined) {
  skipped('a witness that is litewitness', 'go install filippo.io/torchwood/cmd/litewitness@v0.6.1');
}

describe('a witness that cannot be reached', () => {
  it('holds nothing up: the log is signed, and the problem is shown', async () => {
    const school = join(home, 'school');
    await record(school, 'Первая');
    const { key, address, close } = await serveWitness(
      { directory: home, name: NAME, logs: [], host: '127.0.0.1', port: 0 },
      silent,
    );
    await close();
    const { standing, note } = await published(school, [{ key, address }], { isAway: true });
    expect(standing?.witnesses).toMatchObject([{ cosignedAt: null, problem: 'UNREACHABLE' }]);
    expect(parseCheckpoint(note).size).toBeGreaterThan(0);
  });
});

describe('a quorum of two witnesses', () => {
  it('is reached by the cosignatures of both, and not by one of them', async () => {
    const school = join(home, 'school');
    await record(school, 'Первая');
    const { key } = await logOf(school);
    const one = await ourWitness(home, '', key);
    /** Returns the state of the log when the second witness watches these logs. */
    const standing = async (logs: readonly NoteVerifier[]) => {
      const place = { directory: join(home, 'two'), host: '127.0.0.1', port: 0 };
      const two = await serveWitness({ ...place, name: 'witness.example/two', logs }, silent);
      const found = await published(school, [one, two], { more: { LETOPIS_WITNESS_QUORUM: '2' } });
      await two.close();
      return found.standing;
    };
    expect(await standing([])).toMatchObject({ isWitnessed: false, quorum: 2, witnesses: [{ problem: null }, {}] });
    expect(await standing([verifierFrom(key)])).toMatchObject({ isWitnessed: true, quorum: 2 });
    await one.stop();
  }, 120_000);
});
