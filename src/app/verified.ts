import { findingText, keyFindingText } from './findings.js';
import type { KeySource, VerifiedHistory } from './operations/verifyHistory.js';
import type { VerifiedKeys } from './operations/verifyKeys.js';

/** The result of verifying a chronicle and its keys of persons. */
export interface VerifiedChronicle extends VerifiedHistory {
  /** Null when there is no file of keys beside the chronicle. */
  readonly persons: VerifiedKeys | null;
}

/** Exit code of `letopis verify`: everything is as it was recorded. */
export const VERIFIED = 0;
/** Exit code: something was changed or is damaged. */
export const TAMPERED = 1;
/** Exit code: nothing was found, but no signed checkpoint covers the history. */
export const UNANCHORED = 2;
/** Exit code: wrong arguments, or the verification could not run. */
export const MISUSED = 3;

const KEYS_DAMAGED =
  'НЕ ПРОЙДЕНО: история цела, но ключи лиц повреждены; верните их (keys.db или базу MongoDB) из резервной копии / FAILED: the history is whole, but keys of persons are damaged; put them (keys.db, or the MongoDB database) back from a backup';

/** Returns the exit code of a verification. */
export function exitCode({ found, damage, hasWrongKey, hasWrongWitness, anchor, persons }: VerifiedChronicle): number {
  const damaged = found + damage.length + (persons?.found ?? 0);
  if (damaged > 0 || hasWrongKey || hasWrongWitness) return TAMPERED;
  return anchor ? VERIFIED : UNANCHORED;
}

/** Returns the result of a verification as it is printed with `--json`. */
export function forPrograms({ anchor, keys: _keys, damage, ...result }: VerifiedChronicle) {
  const { checkpoint, seenAt } = anchor ?? {};
  return {
    ...result,
    found: result.found + damage.length,
    findings: [...result.findings, ...damage.map(({ problem }) => ({ kind: 'damagedFile', problem }))],
    anchor: checkpoint && {
      size: checkpoint.size,
      root: checkpoint.root.toString('base64'),
      seenAt: seenAt === undefined ? null : isoTime(seenAt),
    },
  };
}

/** Returns the result of a verification as lines of text for people. */
export function verificationLines(result: VerifiedChronicle): string[] {
  const { origin, events, findings, found, hasWrongKey, anchor, key, keyFrom, erased } = result;
  const lines = [
    `Журнал / log ${origin}: событий / events ${events}`,
    `Ключ / key ${key} — ${sourceText(key, keyFrom)}`,
    ...witnessText(result),
    ...anchorText(result),
  ];
  if (hasWrongKey) {
    lines.push(
      '✗ Журнал подписан другим ключом, не тем, которому вы доверяете / the log has another key than the trusted one',
    );
  }
  lines.push(...findings.map((finding) => `✗ ${findingText(finding)}`));
  if (found > findings.length) lines.push(`… и ещё / and ${found - findings.length} more`);
  lines.push(
    ...result.damage.map(
      ({ stream, problem }) => `✗ повреждено / damaged: ${stream === null ? '' : `${stream}: `}${problem}`,
    ),
  );
  if (anchor) {
    const { checkpoint, seenAt } = anchor;
    const when = seenAt === undefined ? 'время не доказано / the time is not proved' : isoTime(seenAt);
    lines.push(
      `Контрольная точка / checkpoint: события 1–${checkpoint.size}, ${when}, корень / root ${checkpoint.root.toString('base64')}`,
    );
    const after = events - checkpoint.size;
    if (after > 0) lines.push(`Ещё не подписано событий / events not signed yet: ${after}`);
  }
  if (erased > 0) {
    lines.push(
      `Удалено имён: ${erased}, это не повреждение / names erased: ${erased}, which is not damage: proofs cover the sealed names`,
    );
  }
  return [...lines, ...personsText(result.persons), verdict(result)];
}

function personsText(persons: VerifiedKeys | null): string[] {
  if (!persons) {
    return ['Файла ключей рядом нет, имена не проверены / no file of keys here: names were not verified'];
  }
  const { checked, findings, found } = persons;
  const how =
    checked === 'opened'
      ? 'все имена открыты / all names were opened'
      : 'без главного ключа проверено лишь наличие / without the master key only their presence was verified';
  const lines = [`Лиц / persons ${persons.persons}, ключей / keys ${persons.held}: ${how}`];
  lines.push(...findings.map((finding) => `✗ ${keyFindingText(finding)}`));
  if (found > findings.length) lines.push(`… и ещё / and ${found - findings.length} more`);
  return lines;
}

function witnessText({ witness, witnessFrom, witnessBefore, hasWrongWitness }: VerifiedHistory): string[] {
  const lines = [`Свидетель / witness ${witness} — ${sourceText(witness, witnessFrom)}`];
  if (witnessFrom === 'chronicle' && witness !== '') {
    lines.push(
      'Время подписей достоверно лишь настолько, насколько достоверны сами файлы: дайте ключ свидетеля через --witness / the times are only as good as the files themselves: give the key of the witness by --witness',
    );
  }
  if (witnessBefore !== undefined) {
    lines.push(`Прежде здесь помнился другой свидетель / another witness was remembered here before: ${witnessBefore}`);
  }
  if (hasWrongWitness) {
    lines.push(
      '✗ В летописи записан другой свидетель, не тот, которому вы доверяете / the chronicle names another witness than the trusted one',
    );
  }
  return lines;
}

function anchorText({ anchored, anchorPlace, remembered }: VerifiedHistory): string[] {
  const lines = [
    anchored === undefined
      ? `Якоря рядом с летописью нет (${anchorPlace}): сервер не подписывает её, пока её не примут командой letopis log accept / there is no anchor beside the chronicle (${anchorPlace}): a server does not sign it before \`letopis log accept\``
      : `Якорь / anchor: ${anchorPlace}, событий / events ${anchored}`,
  ];
  if (remembered !== undefined) {
    return [...lines, `Прежняя проверка здесь / the last verification here: события / events 1–${remembered}`];
  }
  return [
    ...lines,
    'Прежней проверки здесь нет. Подмену всего каталога данных вместе с якорем так не обнаружить: сверьте корень с сохранённым вне этого сервера / there was no verification here before. A data directory that was replaced as a whole, its anchor too, cannot be told in this way: compare the root with one that is kept outside of this server',
  ];
}

/** Returns a time in seconds since 1970 as an RFC 3339 text. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

function sourceText(key: string, from: KeySource): string {
  switch (from) {
    case 'given':
      return 'указан вами / given by you';
    case 'remembered':
      return 'тот же, что при прошлой проверке / the same as at the last verification';
    case 'chronicle':
      return key === ''
        ? 'нет / none'
        : 'взят из самой летописи: сверьте его с опубликованным / taken from the chronicle itself: compare it with the published one';
  }
}

function verdict(result: VerifiedChronicle): string {
  switch (exitCode(result)) {
    case VERIFIED:
      return 'Проверено: история не переписывалась / verified: the history was not rewritten';
    case UNANCHORED:
      return 'Летопись цела, но ни одна контрольная точка её не закрепляет: запустите сервер, он подпишет / the chronicle is whole, but no checkpoint anchors it: start the server, which signs one';
    default:
      if (result.found === 0 && !result.hasWrongKey && !result.hasWrongWitness) return KEYS_DAMAGED;
      return 'НЕ ПРОЙДЕНО: записанное изменено / FAILED: recorded events were changed';
  }
}
