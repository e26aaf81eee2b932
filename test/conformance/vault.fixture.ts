import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { PersonalText } from '../../src/domain/personal.js';
import { type SubjectKey, SubjectTaken, VaultUnavailable } from '../../src/engine/vault/keyStore.js';
import type { Sealing } from '../../src/engine/vault/sealing.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { DIST } from '../support/process.js';

/** A store of keys under test. */
export interface VaultAdapter {
  readonly name: string;
  /** Opens the keys of a directory, as another process would that shares them. */
  open(directory: string, masterKey: Buffer): Promise<Vault>;
  /** The stored keys of a directory themselves, to be edited past the vault. */
  edit(directory: string, keys: (stored: readonly SubjectKey[]) => readonly SubjectKey[]): Promise<void>;
  /** What `sealer.mjs` opens the keys of a directory by. */
  place(directory: string): readonly [module: string, place: string];
}

/** Seals names as one command does; the texts may be stored. */
export async function sealed(vault: Vault, ...names: readonly string[]): Promise<PersonalText[]> {
  const sealing = vault.sealing();
  const texts = sealedBy(sealing, ...names);
  await sealing.ready();
  return texts;
}

/** Seals names as a command does that is decided again when another writer was faster. */
export async function sealedAtLast(vault: Vault, ...names: readonly string[]): Promise<PersonalText[]> {
  for (;;) {
    try {
      return await sealed(vault, ...names);
    } catch (error) {
      if (!(error instanceof SubjectTaken)) throw error;
    }
  }
}

/** Seals names as a client does that repeats its command while the store does not answer, as on a machine at its limit. */
export async function sealedPatiently(vault: Vault, ...names: readonly string[]): Promise<PersonalText[]> {
  for (;;) {
    try {
      return await sealed(vault, ...names);
    } catch (error) {
      if (!(error instanceof VaultUnavailable)) throw error;
    }
  }
}

/** Seals names without waiting for their keys. */
export function sealedBy(sealing: Sealing, ...names: readonly string[]): PersonalText[] {
  return names.map((person) => sealing.seal({ person }));
}

/** The names of texts as somebody reads them. */
export async function openedBy(vault: Vault, texts: readonly PersonalText[]): Promise<(string | null)[]> {
  await vault.learn(texts.map((text) => ({ ...text })));
  return texts.map((text) => vault.open(text));
}

const SEALER = fileURLToPath(new URL('sealer.mjs', import.meta.url));
const Texts = z.array(z.object({ subject: z.string(), sealed: z.string() }));

/**
 * Seals names in a process that kills itself, `before` or `after` it waited for the keys; returns what it sealed.
 */
export async function sealedAndKilled(
  place: readonly [module: string, place: string],
  masterKey: Buffer,
  names: readonly string[],
  moment: 'before' | 'after',
): Promise<PersonalText[]> {
  const job = { place, masterKey: masterKey.toString('base64'), names, moment };
  const child = spawn(process.execPath, [SEALER, DIST.href, JSON.stringify(job)]);
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
  const [, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') throw new Error(`the process was not killed: ${await stderr}`);
  return Texts.parse(JSON.parse(await stdout));
}

async function collected(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
