import type { Bilingual } from '../domain/language.js';

/** An exit code and what it means. */
export interface ExitCode {
  readonly code: number;
  readonly meaning: Bilingual;
}

/** Exit code of `letopis verify`: everything is as it was recorded. */
export const VERIFIED = 0;
/** Exit code: something was changed or is damaged. */
export const TAMPERED = 1;
/** Exit code: nothing was found, but the history is not signed, or the sentences of a proof are of another version. */
export const UNANCHORED = 2;
/** Exit code: wrong arguments, or the verification could not run. */
export const MISUSED = 3;

/** Exit codes of `letopis doctor`. */
export const DOCTOR_EXIT = { good: 0, warning: 1, broken: 2 } as const;
/** Exit code: wrong arguments or settings, so nothing could be examined. */
export const UNUSABLE = 3;

const DONE: ExitCode = { code: 0, meaning: { ru: 'сделано', en: 'done' } };

const NOT_DONE: ExitCode = {
  code: 1,
  meaning: {
    ru: 'отказано, не удалось или неверные аргументы; причина — в потоке ошибок',
    en: 'refused, failed or wrong arguments; standard error says why',
  },
};

/** The exit codes of every command that is not in {@link OWN_EXIT_CODES}. */
export const COMMON_EXIT_CODES: readonly ExitCode[] = [DONE, NOT_DONE];

/** The exit codes of the commands that differ from {@link COMMON_EXIT_CODES}. */
export const OWN_EXIT_CODES: Readonly<Record<string, readonly ExitCode[]>> = {
  verify: [
    { code: VERIFIED, meaning: { ru: 'ничего не изменено', en: 'nothing was changed' } },
    { code: TAMPERED, meaning: { ru: 'что-то изменено или повреждено', en: 'something was changed or is damaged' } },
    {
      code: UNANCHORED,
      meaning: {
        ru: 'ничего не найдено, но ни одна контрольная точка не закрепляет историю, или слова доказательства составила другая версия',
        en: 'nothing was found, but no checkpoint anchors the history, or another version wrote the words of the proof',
      },
    },
    {
      code: MISUSED,
      meaning: { ru: 'неверные аргументы, или проверка не состоялась', en: 'wrong arguments, or it could not run' },
    },
  ],
  doctor: [
    { code: DOCTOR_EXIT.good, meaning: { ru: 'всё в порядке', en: 'everything is sound' } },
    { code: DOCTOR_EXIT.warning, meaning: { ru: 'требует внимания', en: 'something needs attention' } },
    { code: DOCTOR_EXIT.broken, meaning: { ru: 'есть неисправности', en: 'something is broken' } },
    {
      code: UNUSABLE,
      meaning: {
        ru: 'неверные аргументы или настройки, проверка не состоялась',
        en: 'wrong arguments or settings, or it could not run',
      },
    },
  ],
  import: [
    {
      code: 0,
      meaning: {
        ru: 'сделано; для папки — и если в части файлов отказано: о них говорит отчёт',
        en: 'done; of a folder also when some of its files were refused: the report names them',
      },
    },
    NOT_DONE,
  ],
  backup: [
    DONE,
    {
      code: 1,
      meaning: {
        ru: 'копия не сделана; или сделана и цела, но сама летопись повреждена',
        en: 'no backup was made; or it was made and is whole, but the chronicle itself is damaged',
      },
    },
  ],
  rebuild: [
    DONE,
    {
      code: 1,
      meaning: { ru: 'не построено, или часть осталась в карантине', en: 'not rebuilt, or rows stay quarantined' },
    },
  ],
  projections: [
    DONE,
    {
      code: 1,
      meaning: {
        ru: 'отказано, или после retry часть осталась в карантине',
        en: 'refused, or rows stay quarantined after retry',
      },
    },
  ],
};

/** Returns the exit code of a command with wrong arguments. It is never the code of a result, such as «changed». */
export function misusedCode(command: string): number {
  const codes = Object.hasOwn(OWN_EXIT_CODES, command) ? OWN_EXIT_CODES[command] : undefined;
  return codes?.at(-1)?.code ?? 1;
}

/** Returns the exit codes of a command: its own, or {@link COMMON_EXIT_CODES} if it has none of its own. */
export function exitCodesOf(command: string): readonly ExitCode[] {
  return (Object.hasOwn(OWN_EXIT_CODES, command) ? OWN_EXIT_CODES[command] : undefined) ?? COMMON_EXIT_CODES;
}
