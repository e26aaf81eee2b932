import { existsSync, readFileSync } from 'node:fs';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Office } from '../../src/documents/office.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { until } from '../support/waiting.js';

const temporary = process.env.TMPDIR;
let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
  // The files of other tests that run at the same time are not counted.
  process.env.TMPDIR = directory;
});
afterEach(async () => {
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  await removeDirectory(directory);
});

/** Returns a program that is started in the place of LibreOffice. */
async function program(script: string): Promise<string> {
  const path = join(directory, 'soffice');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

function isAlive(pid: number): boolean {
  try {
    // A process whose exit status nobody has read stays in the process table as a zombie.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
const left = async () => (await readdir(directory)).filter((name) => name.startsWith('letopis-office-'));

describe('LibreOffice', () => {
  it('that is not installed is named, with what helps', async () => {
    await expect(new Office(join(directory, 'none')).toDocx(new Uint8Array(1), undefined)).rejects.toThrow(
      /LibreOffice.*LETOPIS_SOFFICE.*save the document as docx/,
    );
  });

  it('gets the document in a profile of its own, without macros and without the environment of the server', async () => {
    process.env.LETOPIS_TEST_SECRET = 'secret';
    try {
      const office = new Office(
        await program(
          `env > "${directory}/env"; cp profile/user/registrymodifications.xcu "${directory}"; mkdir out; cp document.doc out/document.docx`,
        ),
      );
      expect(await office.toDocx(Uint8Array.of(1, 2, 3), undefined)).toEqual(Buffer.from([1, 2, 3]));
    } finally {
      delete process.env.LETOPIS_TEST_SECRET;
    }
    expect(await readFile(join(directory, 'env'), 'utf8')).not.toMatch(/secret|LETOPIS/);
    expect(await readFile(join(directory, 'registrymodifications.xcu'), 'utf8')).toMatch(
      /DisableMacrosExecution" oor:op="fuse"><value>true/,
    );
  });

  it.each([['after its time', 'time'] as const, ['when the caller leaves', 'abort'] as const])(
    'is killed with its child processes %s, and leaves no file behind',
    async (_, way) => {
      const before = await left();
      const pids = join(directory, 'pids');
      const path = await program(`sleep 1000 & echo $! $$ > "${pids}.part"; mv "${pids}.part" "${pids}"; wait`);
      const leaving = new AbortController();
      const converted = new Office(path, way === 'time' ? 3_000 : 60_000).toDocx(new Uint8Array(1), leaving.signal);
      converted.catch(() => undefined);
      await until(() => existsSync(pids));
      const started = (await readFile(pids, 'utf8')).trim().split(' ').map(Number);
      expect(started.every(isAlive)).toBe(true);
      if (way === 'abort') leaving.abort();
      await expect(converted).rejects.toThrow(
        way === 'time' ? /did not read this document within/ : /not done in time/,
      );
      await until(() => !started.some(isAlive));
      expect(await left()).toEqual(before);
    },
  );

  it('converts one document at a time', async () => {
    const office = new Office(
      await program(
        `mkdir "${directory}/busy" || echo twice >> "${directory}/twice"; sleep 0.2; rmdir "${directory}/busy"; mkdir out; cp document.doc out/document.docx`,
      ),
    );
    await Promise.all([1, 2, 3].map((byte) => office.toDocx(Uint8Array.of(byte), undefined)));
    expect(existsSync(join(directory, 'twice'))).toBe(false);
  });

  it('that fails on one document is there for the next', async () => {
    const office = new Office(
      await program(
        `[ -e "${directory}/failed" ] || { touch "${directory}/failed"; exit 1; }; mkdir out; cp document.doc out/document.docx`,
      ),
    );
    await expect(office.toDocx(new Uint8Array(1), undefined)).rejects.toThrow(/cannot read this document/);
    expect(await office.toDocx(Uint8Array.of(7), undefined)).toEqual(Buffer.from([7]));
  });
});
