import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { type SubjectKey, SubjectTaken, VaultUnavailable } from '../../src/engine/vault/keyStore.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import {
  drafting,
  openedBy,
  sealed,
  sealedAndKilled,
  sealedAtLast,
  sealedBy,
  sealedPatiently,
  type VaultAdapter,
} from './vault.fixture.js';

/** Number of persons that 64 writers seal. `npm run keys` seals 10,000. */
const KEYS = Number(process.env.LETOPIS_KEYS ?? 320);
const WRITERS = 64;
const SealedName = z.object({ subject: z.string(), sealed: z.string() });

/** The cases that every store of keys must pass. */
export function vaultConformance(adapter: VaultAdapter): void {
  describe(`vault: ${adapter.name}`, () => {
    const masterKey = randomBytes(32);
    let directory: string;
    let vault: Vault;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      vault = await adapter.open(directory, masterKey);
    });
    afterEach(async () => {
      vault.close();
      await removeDirectory(directory);
    });

    /** Runs work with the keys as they are after a restart. */
    async function afterRestart<T>(work: (again: Vault) => Promise<T>): Promise<T> {
      const again = await adapter.open(directory, masterKey);
      try {
        return await work(again);
      } finally {
        again.close();
      }
    }

    it('seals a name, and opens it again after a restart', async () => {
      const texts = await sealed(vault, 'Е.Н. Филатова');
      expect(texts[0]?.sealed).not.toContain('Филатова');
      expect(await afterRestart((again) => openedBy(again, texts))).toEqual(['Е.Н. Филатова']);
    });

    it('knows a person again, however initials are set', async () => {
      const [one, same, other] = await sealed(vault, 'Е.Н. Филатова', 'Е. Н.  Филатова', 'СВ Стапинов');
      expect(same?.subject).toBe(one?.subject);
      expect(other?.subject).not.toBe(one?.subject);
      expect(await afterRestart((again) => again.subjectOf({ person: 'Е. Н. ФИЛАТОВА' }))).toBe(one?.subject);
      expect(await vault.subjectOf({ person: 'Никто' })).toBeUndefined();
      const [later] = await sealed(vault, 'Е Н Филатова');
      expect(later?.subject).toBe(one?.subject);
    });

    it('does not open a name under another subject, and reports it', async () => {
      const [one, other] = await sealed(vault, 'Е.Н. Филатова', 'СВ Стапинов');
      const moved = { subject: other?.subject ?? '', sealed: one?.sealed ?? '' };
      expect(await openedBy(vault, [one ?? moved, moved])).toEqual(['Е.Н. Филатова', null]);
      expect(vault.damage.count).toBe(1);
    });

    it('forgets one person for ever, and nobody else', async () => {
      const texts = await sealed(vault, 'Е.Н. Филатова', 'СВ Стапинов');
      const [erased = '', kept = ''] = texts.map(({ subject }) => subject);
      expect(await openedBy(vault, texts)).toEqual(['Е.Н. Филатова', 'СВ Стапинов']);
      await vault.forget(erased);
      await vault.forget(erased);
      expect(await openedBy(vault, texts)).toEqual([null, 'СВ Стапинов']);
      expect([await vault.holds(erased), await vault.holds(kept)]).toEqual([false, true]);
      expect([vault.isErased(erased), vault.isErased(kept)]).toEqual([true, false]);
      expect(await afterRestart(async (again) => again.isErased(erased))).toBe(true);
      expect(await vault.subjectOf({ person: 'Е.Н. Филатова' })).toBeUndefined();
      // An erased name does not count as damage.
      expect(vault.damage.count).toBe(0);
      // A person of the same name gets a new key.
      const [anew] = await sealed(vault, 'Е.Н. Филатова');
      expect(anew?.subject).not.toBe(erased);
      const all = anew ? [...texts, anew] : [];
      expect(await afterRestart((again) => openedBy(again, all))).toEqual([null, 'СВ Стапинов', 'Е.Н. Филатова']);
    });

    it('seals nothing by a key that was destroyed while the command was under way', async () => {
      const [before] = await sealed(vault, 'Е.Н. Филатова');
      const sealing = vault.sealing();
      expect(sealedBy(sealing, 'Е.Н. Филатова')[0]?.subject).toBe(before?.subject);
      await vault.forget(before?.subject ?? '');
      await expect(sealing.ready()).rejects.toThrow('stored or destroyed');
      const again = await sealed(vault, 'Е.Н. Филатова');
      expect(again[0]?.subject).not.toBe(before?.subject);
      expect(await afterRestart((other) => openedBy(other, again))).toEqual(['Е.Н. Филатова']);
    });

    it('seals nothing by a key that was destroyed after another command has confirmed it', async () => {
      const [before] = await sealed(vault, 'Е.Н. Филатова');
      const [one, other] = [vault.sealing(), vault.sealing()];
      for (const sealing of [one, other]) sealedBy(sealing, 'Е.Н. Филатова');
      await one.ready();
      await vault.forget(before?.subject ?? '');
      await expect(other.ready()).rejects.toThrow('stored or destroyed');
    });

    it('stores a key that is made while another one is being stored', async () => {
      await sealed(vault, 'первый');
      const [one, other] = [vault.sealing(), vault.sealing()];
      const texts = sealedBy(one, 'Е.Н. Филатова');
      const stored = one.ready();
      await new Promise(setImmediate);
      texts.push(...sealedBy(other, 'СВ Стапинов'));
      await stored;
      await other.ready();
      expect(await afterRestart((again) => openedBy(again, texts))).toEqual(['Е.Н. Филатова', 'СВ Стапинов']);
    });

    it(`loses none of ${KEYS} persons whom ${WRITERS} writers in two processes seal at once`, async () => {
      const other = await adapter.open(directory, masterKey);
      const names = Array.from({ length: KEYS }, (_, index) => `Человек ${index} Иванович`);
      // Every tenth name is sealed by another writer at the same time.
      const waiting = names.flatMap((name, index) => (index % 10 === 0 ? [name, name] : [name]));
      const found: (readonly [name: string, text: Awaited<ReturnType<typeof sealed>>[number] | undefined])[] = [];
      const writer = async (_: unknown, index: number) => {
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
          const [text] = await sealedPatiently(index % 2 === 0 ? vault : other, name, `Директор ${index % 4}`);
          found.push([name, text]);
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, writer));
      other.close();
      const texts = found.flatMap(([, text]) => text ?? []);
      expect(await afterRestart((again) => openedBy(again, texts))).toEqual(found.map(([name]) => name));
      expect(new Set(texts.map(({ subject }) => subject)).size).toBe(names.length);
    }, 600_000);

    it('has each key that was waited for after a kill, and none of the others', async () => {
      const names = ['Е.Н. Филатова', 'СВ Стапинов'];
      const place = adapter.place(directory);
      const [before, after] = await Promise.all([
        sealedAndKilled(place, masterKey, names, 'before'),
        sealedAndKilled(place, masterKey, ['Иванова А.П.'], 'after'),
      ]);
      expect(await openedBy(vault, after)).toEqual(['Иванова А.П.']);
      expect(await vault.subjectOf({ person: 'Иванова А.П.' })).toBe(after[0]?.subject);
      expect(await Promise.all(before.map(({ subject }) => vault.holds(subject)))).toEqual([false, false]);
      expect(await openedBy(vault, await sealed(vault, ...names))).toEqual(names);
    });

    it.each(['refuses', 'loses'] as const)(
      'stops a command before its event is appended while the store %s keys',
      async (how) => {
        const [failing, events] = await Promise.all([
          adapter.failing(directory, masterKey, how),
          openSqliteEventStore(join(directory, 'chronicle.db')),
        ]);
        const draft = drafting(events, failing.vault);
        await expect(draft('Методист Первый')).rejects.toThrow(VaultUnavailable);
        expect((await events.readAll({ after: '', limit: 10 })).events).toEqual([]);
        failing.mend();
        expect(await draft('Методист Первый')).toMatchObject({ kind: 'done' });
        const [drafted] = (await events.readAll({ after: '', limit: 10 })).events;
        const { actor } = z.object({ actor: z.object({ name: SealedName }) }).parse(JSON.parse(drafted?.body ?? ''));
        expect(await afterRestart((again) => openedBy(again, [actor.name]))).toEqual(['Методист Первый']);
        await Promise.all([failing.close(), events.close()]);
      },
    );

    it('does not take a key for stored that is not read back', async () => {
      const failing = await adapter.failing(directory, masterKey, 'loses');
      await expect(sealed(failing.vault, 'Е.Н. Филатова')).rejects.toThrow(SubjectTaken);
      failing.mend();
      const texts = await sealedAtLast(failing.vault, 'Е.Н. Филатова');
      expect(await afterRestart((again) => openedBy(again, texts))).toEqual(['Е.Н. Филатова']);
      await failing.close();
    });

    it('reports a key that is gone, and reads the name when it was put back', async () => {
      const texts = await sealed(vault, 'Е.Н. Филатова', 'СВ Стапинов');
      let all: readonly SubjectKey[] = [];
      await adapter.edit(directory, (stored) => {
        all = stored;
        return stored.slice(1);
      });
      await afterRestart(async (again) => {
        expect((await openedBy(again, texts)).filter((name) => name === null)).toHaveLength(1);
        expect(texts.map(({ subject }) => again.isErased(subject))).toEqual([false, false]);
        expect(again.damage.count).toBe(1);
        await adapter.edit(directory, () => all);
        await eventually(async () => {
          expect(await openedBy(again, texts)).toEqual(['Е.Н. Филатова', 'СВ Стапинов']);
        });
        expect(again.damage.count).toBe(0);
      });
    });

    it('reports keys that stand at other persons, and reads no name by them', async () => {
      const texts = await sealed(vault, 'Е.Н. Филатова', 'СВ Стапинов');
      await adapter.edit(directory, ([one, other]) =>
        one && other
          ? [
              { ...one, wrapped: other.wrapped },
              { ...other, wrapped: one.wrapped },
            ]
          : [],
      );
      await afterRestart(async (again) => {
        expect(await openedBy(again, texts)).toEqual([null, null]);
        expect(again.damage.count).toBe(2);
        await expect(sealedAtLast(again, 'СВ Стапинов')).rejects.toThrow('is damaged');
      });
    });

    it('reports keys that are stored under the names of other persons', async () => {
      const texts = await sealed(vault, 'Е.Н. Филатова', 'СВ Стапинов');
      await adapter.edit(directory, ([one, other]) =>
        one && other
          ? [
              { ...one, lookup: other.lookup },
              { ...other, lookup: one.lookup },
            ]
          : [],
      );
      await afterRestart(async (again) => {
        expect(await openedBy(again, texts)).toEqual(['Е.Н. Филатова', 'СВ Стапинов']);
        expect(again.damage.count).toBe(2);
      });
    });
  });
}

/** Waits until a condition holds. @throws the last failure after 5 s. */
export async function eventually(holds: () => Promise<void>): Promise<void> {
  const start = performance.now();
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (performance.now() - start > 5_000) throw error;
      await pause(50);
    }
  }
}
