import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openLetopis } from '../../src/app/compose.js';
import { serve } from '../../src/app/serve.js';
import { filesClosed, listsOpenFiles } from '../support/closedFiles.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';
import { describeIf } from '../support/skipping.js';

let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => removeDirectory(directory));

async function openAndClose(): Promise<void> {
  const letopis = await openLetopis(testConfig({ directory }), silent, { following: false });
  await letopis.metrics.text();
  await letopis.close();
}

async function serveAndClose(): Promise<void> {
  const { address, close } = await serve(testConfig({ directory }), silent);
  const response = await fetch(`${address}/health/ready`);
  await response.arrayBuffer();
  await close();
}

describeIf(listsOpenFiles, 'needs /proc, which lists open files')('a Letopis that was closed', () => {
  // SQLite closes a file when the last statement is garbage-collected, so an object that references the Letopis would
  // keep all files open.
  it.each([
    ['without a server', openAndClose],
    ['with a server', serveAndClose],
  ])('is held by nothing, so that its files are closed: %s', async (_, closed) => {
    await closed();
    await filesClosed(directory);
    expect((await readdir(directory)).filter((name) => name.endsWith('.db'))).not.toEqual([]);
  });
});
