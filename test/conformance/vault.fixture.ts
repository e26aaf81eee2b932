import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commandHandlers } from '../../src/application/commands.js';
import type { PersonalText } from '../../src/domain/personal.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { type SubjectKey, SubjectTaken, VaultUnavailable } from '../../src/engine/vault/keyStore.js';
import type { NameSealer } from '../../src/engine/vault/sealing.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { DRAFT_PLAN, NO_CIRCUMSTANCES } from '../support/commands.js';
import { METHODOLOGIST } from '../support/domain.js';
import { DIST } from '../support/process.js';

/** A store of keys under test. */
export interface VaultAdapter {
  readonly name: string;
  /** Opens the keys of a directory, like another process that shares them. */
  open(directory: string, masterKey: Buffer): Promise<Vault>;
  /** Edits the stored keys of a directory without the vault. */
  edit(directory: string, keys: (stored: readonly SubjectKey[]) => readonly SubjectKey[]): Promise<void>;
  /**
   * Opens keys of a directory in a store that refuses to write keys, or that confirms a write which it has not done.
   */
  failing(directory: string, masterKey: Buffer, how: 'refuses' | 'loses'): Promise<FailingKeys>;
  /** The module and the place with which `sealer.mjs` opens the keys of a directory. */
  place(directory: string): readonly [module: string, place: string];
}

/** Keys in a store that stores no new key until `mend` is called. */
export interface FailingKeys {
  readonly vault: Vault;
  mend(): void;
  close(): Promise<void>;
}

/** Seals names as one command does. Afterwards the texts may be stored. */
export async function sealed(vault: Vault, ...names: readonly string[]): Promise<PersonalText[]> {
  const sealing = vault.sealing();
  const texts = sealedBy(sealing, ...names);
  await sealing.ready();
  return texts;
}

/** Seals names like a command that is decided again after a conflict. */
export async function sealedAtLast(vault: Vault, ...names: readonly string[]): Promise<PersonalText[]> {
  for (;;) {
    try {
      return await sealed(vault, ...names);
    } catch (error) {
      if (!(error instanceof SubjectTaken)) throw error;
    }
  }
}

/** Seals names like a client that repeats its command while the store does not answer. */
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
export function sealedBy(sealing: NameSealer, ...names: readonly string[]): PersonalText[] {
  return names.map((person) => sealing.seal({ person }));
}

/** Returns the names in sealed texts as a reader sees them. */
export async function openedBy(vault: Vault, texts: readonly PersonalText[]): Promise<(string | null)[]> {
  await vault.learn(texts.map((text) => ({ ...text })));
  return texts.map((text) => vault.open(text));
}

/** Returns a function that drafts a plan, as somebody of this name, with the keys of a vault. */
export function drafting(events: EventStore, vault: Vault) {
  const handler = commandHandlers(events, vault, () => '2020-09-01T09:00:00.000Z').plans;
  return (name: string) => {
    const principal = { ...METHODOLOGIST, scope: null, name };
    return handler.handle({
      ...{ ...NO_CIRCUMSTANCES, id: randomUUID(), principal },
      ...{ payload: DRAFT_PLAN, command: () => DRAFT_PLAN },
    });
  };
}

const SEALER = fileURLToPath(new URL('sealer.mjs', import.meta.url));
const Texts = z.array(z.object({ subject: z.string(), sealed: z.string() }));

/** Seals names in a process that kills itself `before` or `after` it waited for the keys. Returns the sealed texts. */
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
