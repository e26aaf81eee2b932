import type { Bilingual } from '../domain/language.js';
import type { LogProblem } from '../engine/signing/acceptance.js';
import type { RefusedLog } from '../engine/signing/logStanding.js';

/** Returns why a log is not signed and what to do, in Russian and English in one text. */
export function logProblemText(refused: RefusedLog): string {
  const { ru, en } = logProblemInBoth(refused);
  return `${ru} / ${en}`;
}

/** Returns why a log is not signed and what to do. */
export function logProblemInBoth({ problem, isAcceptable, anchor, tree }: RefusedLog): Bilingual {
  const [russian, english] = reason(problem, anchor?.checkpoint.size ?? 0, tree.size);
  const [toDo, whatToDo] = isAcceptable ? ACCEPT : RESTORE;
  return {
    ru: `${russian}: журнал не подписывается, чтение продолжается. ${toDo}`,
    en: `${english}: the log is not signed, reading goes on. ${whatToDo}`,
  };
}

const ACCEPT = [
  'Проверьте историю (npx letopis verify). Если она верна, примите её: npx letopis log accept --reason …; если нет, восстановите копию (npx letopis restore)',
  'Check the history (npx letopis verify). If it is right, accept it: npx letopis log accept --reason …; if not, restore a backup (npx letopis restore)',
] as const;

const RESTORE = [
  'Остановите сервер, сохраните файлы и восстановите копию, которую npx letopis verify признаёт целой (npx letopis restore)',
  'Stop the server, keep the files, and restore a backup that `npx letopis verify` finds whole (npx letopis restore)',
] as const;

function reason(problem: LogProblem, anchored: number, size: number): readonly [russian: string, english: string] {
  switch (problem) {
    case 'NO_ANCHOR':
      return [
        'У журнала нет якоря: данные прежней версии, восстановленная копия или якорь удалён',
        'The log has no anchor: the data are of an earlier version, a backup was restored, or the anchor was removed',
      ];
    case 'ANCHOR_NOT_OURS':
      return [
        'Якорь журнала не читается или закрыт не этим главным ключом',
        'The anchor of the log cannot be read, or was not sealed by this master key',
      ];
    case 'OTHER_CHRONICLE':
      return ['Якорь принадлежит другой летописи', 'The anchor is of another chronicle'];
    case 'OTHER_KEY':
      return [
        'В летописи записан другой ключ журнала, чем в якоре',
        'The chronicle names another key of the log than the anchor does',
      ];
    case 'CHECKPOINT_NOT_OURS':
      return [
        'Последняя контрольная точка подписана не ключом журнала',
        'The last checkpoint was not signed by the key of the log',
      ];
    case 'CUT':
      return [
        `Журнал обрезан: записей ${size}, в якоре ${anchored}`,
        `The log was cut: it has ${size} entries, its anchor names ${anchored}`,
      ];
    case 'REWRITTEN':
      return ['Подписанные записи изменены', 'Entries that were signed have been changed'];
  }
}
