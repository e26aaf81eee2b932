import type { Bilingual } from '../../domain/language.js';

/** Returns a sentence in both languages. */
export function bothTexts(ru: string, en: string): Bilingual {
  return { ru, en };
}

/**
 * The result of a check. `warning`: it works, but needs attention. `skipped`: not examined because of another finding.
 */
export type CheckState = 'good' | 'warning' | 'broken' | 'skipped';

/** The names of the checks of `letopis doctor`. */
export type CheckName =
  | 'settings'
  | 'directory'
  | 'disk'
  | 'versions'
  | 'eventStore'
  | 'eventStoreRights'
  | 'damage'
  | 'readStore'
  | 'readStoreRights'
  | 'indexes'
  | 'readModels'
  | 'quarantine'
  | 'leases'
  | 'clock'
  | 'keys'
  | 'log';

/** The result of one check: its state, what was found, and what the operator should do. */
export interface DoctorCheck {
  readonly name: CheckName;
  readonly state: CheckState;
  readonly found: Bilingual;
  /** What the operator should do; null if nothing is to be done. */
  readonly advice: Bilingual | null;
}

/** Returns the result of a check that found no problem. */
export function good(name: CheckName, found: Bilingual): DoctorCheck {
  return { name, state: 'good', found, advice: null };
}

/** Returns a check that found something that needs attention. */
export function warning(name: CheckName, found: Bilingual, advice: Bilingual): DoctorCheck {
  return { name, state: 'warning', found, advice };
}

/** Returns a check that found something that does not work. */
export function broken(name: CheckName, found: Bilingual, advice: Bilingual): DoctorCheck {
  return { name, state: 'broken', found, advice };
}

/** Returns a check that could not be done. */
export function skippedCheck(name: CheckName): DoctorCheck {
  const found = bothTexts(
    'не проверено: сначала исправьте найденное выше',
    'not checked: solve the problems above first',
  );
  return { name, state: 'skipped', found, advice: null };
}
