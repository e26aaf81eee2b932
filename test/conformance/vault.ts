import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonalText } from '../../src/domain/personal.js';
import type { Vault } from '../../src/vault/vault.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

/** What every store of keys must do. `open` opens the keys of a directory, as another process would that shares them. */
export function vaultConformance(name: string, open: (directory: string, masterKey: Buffer) => Promise<Vault>): void {
  describe(`vault: ${name}`, () => {
    const masterKey = randomBytes(32);
    let directory: string;
    let vault: Vault;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      vault = await open(directory, masterKey);
    });
    afterEach(async () => {
      vault.close();
      await removeDirectory(directory);
    });

    /** Does something with the keys as they are after a restart. */
    async function afterRestart<T>(work: (again: Vault) => Promise<T>): Promise<T> {
      const again = await open(directory, masterKey);
      try {
        return await work(again);
      } finally {
        again.close();
      }
    }

    const opened = async (by: Vault, ...texts: readonly PersonalText[]) => {
      await by.learn(texts);
      return texts.map((text) => by.open(text));
    };

    it('seals a name, and opens it again after a restart', async () => {
      const sealed = vault.seal({ person: 'Е.Н. Филатова' });
      await vault.flush();
      expect(sealed.sealed).not.toContain('Филатова');
      expect(await afterRestart((again) => opened(again, sealed))).toEqual(['Е.Н. Филатова']);
    });

    it('knows a person again, however initials are set', async () => {
      const { subject } = vault.seal({ person: 'Е.Н. Филатова' });
      expect(vault.seal({ person: 'Е. Н.  Филатова' }).subject).toBe(subject);
      expect(vault.seal({ person: 'СВ Стапинов' }).subject).not.toBe(subject);
      await vault.flush();
      expect(await afterRestart((again) => again.subjectOf({ person: 'Е. Н. ФИЛАТОВА' }))).toBe(subject);
      expect(await vault.subjectOf({ person: 'Никто' })).toBeUndefined();
    });

    it('does not open a name under another subject', async () => {
      const [one, other] = [vault.seal({ person: 'Е.Н. Филатова' }), vault.seal({ person: 'СВ Стапинов' })];
      expect(() => vault.open({ subject: other.subject, sealed: one.sealed })).toThrow();
    });

    it('forgets one person for ever, and nobody else', async () => {
      const [erased, kept] = [vault.seal({ person: 'Е.Н. Филатова' }), vault.seal({ person: 'СВ Стапинов' })];
      await vault.flush();
      expect(await opened(vault, erased)).toEqual(['Е.Н. Филатова']);
      await vault.forget(erased.subject);
      await vault.forget(erased.subject);
      expect(await opened(vault, erased, kept)).toEqual([null, 'СВ Стапинов']);
      expect([await vault.holds(erased.subject), await vault.holds(kept.subject)]).toEqual([false, true]);
      expect([vault.isErased(erased.subject), vault.isErased(kept.subject)]).toEqual([true, false]);
      expect(await afterRestart(async (again) => again.isErased(erased.subject))).toBe(true);
      expect(await vault.subjectOf({ person: 'Е.Н. Филатова' })).toBeUndefined();
      // Whoever is named so again is somebody new.
      const anew = vault.seal({ person: 'Е.Н. Филатова' });
      await vault.flush();
      expect(anew.subject).not.toBe(erased.subject);
      expect(await afterRestart((again) => opened(again, erased, kept, anew))).toEqual([
        null,
        'СВ Стапинов',
        'Е.Н. Филатова',
      ]);
    });
  });
}
