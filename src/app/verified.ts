import type { Bilingual } from '../domain/language.js';
import { inOneLanguage, momentText, prefixed } from './bilingual.js';
import { TAMPERED, UNANCHORED, VERIFIED } from './exitCodes.js';
import { findingText, keyFindingText, moreText } from './findings.js';
import type { KeySource, VerifiedHistory } from './operations/verifyHistory.js';
import type { VerifiedKeys } from './operations/verifyKeys.js';
import { messageInBoth } from './russian/messages.js';

/** The result of verifying a chronicle and its keys of persons. */
export interface VerifiedChronicle extends VerifiedHistory {
  /** Null when there is no file of keys beside the chronicle. */
  readonly persons: VerifiedKeys | null;
}

const KEYS_DAMAGED: Bilingual = {
  ru: 'НЕ ПРОЙДЕНО: история цела, но ключи лиц повреждены; верните их (keys.db или базу MongoDB) из резервной копии',
  en: 'FAILED: the history is whole, but keys of persons are damaged; put them (keys.db, or the MongoDB database) back from a backup',
};

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
export function verificationLines(result: VerifiedChronicle): Bilingual[] {
  const { origin, events, findings, found, hasWrongKey, key, keyFrom, erased } = result;
  const from = sourceText(key, keyFrom);
  return [
    { ru: `Журнал ${origin}: событий ${events}`, en: `Log ${origin}: ${events} events` },
    { ru: `Ключ ${key} — ${from.ru}`, en: `Key ${key} — ${from.en}` },
    ...witnessText(result),
    ...anchorText(result),
    ...(hasWrongKey
      ? [
          {
            ru: '✗ Журнал подписан другим ключом, не тем, которому вы доверяете',
            en: '✗ The log has another key than the trusted one',
          },
        ]
      : []),
    ...findings.map((finding) => prefixed('✗ ', findingText(finding))),
    ...(found > findings.length ? [moreText(found - findings.length)] : []),
    ...result.damage.map(({ stream, problem }) => {
      const what = `${stream === null ? '' : `${stream}: `}${problem}`;
      return { ru: `✗ повреждено: ${messageInBoth(what).ru}`, en: `✗ damaged: ${what}` };
    }),
    ...checkpointText(result),
    ...(erased > 0
      ? [
          {
            ru: `Удалено имён: ${erased}; это не повреждение, доказательства действуют для зашифрованных имён`,
            en: `Names erased: ${erased}, which is not damage: proofs cover the sealed names`,
          },
        ]
      : []),
    ...personsText(result.persons),
    verdict(result),
  ];
}

function checkpointText({ anchor, events }: VerifiedHistory): Bilingual[] {
  if (!anchor) return [];
  const { checkpoint, seenAt } = anchor;
  const { size } = checkpoint;
  const root = checkpoint.root.toString('base64');
  const when =
    seenAt === undefined ? { ru: 'время не доказано', en: 'the time is not proved' } : momentText(isoTime(seenAt));
  const after = events - size;
  return [
    {
      ru: `Контрольная точка: события 1–${size}, ${inOneLanguage(when, 'ru')}, корень ${root}`,
      en: `Checkpoint: events 1–${size}, ${inOneLanguage(when, 'en')}, root ${root}`,
    },
    ...(after > 0 ? [{ ru: `Ещё не подписано событий: ${after}`, en: `Events not signed yet: ${after}` }] : []),
  ];
}

function personsText(persons: VerifiedKeys | null): Bilingual[] {
  if (!persons) {
    return [
      {
        ru: 'Файла ключей рядом нет, имена не проверены',
        en: 'There is no file of keys here: names were not verified',
      },
    ];
  }
  const { checked, findings, found, held } = persons;
  const how =
    checked === 'opened'
      ? { ru: 'все имена открыты', en: 'all names were opened' }
      : {
          ru: 'без главного ключа проверено лишь наличие',
          en: 'without the master key only their presence was verified',
        };
  return [
    {
      ru: `Лиц ${persons.persons}, ключей ${held}: ${how.ru}`,
      en: `Persons ${persons.persons}, keys ${held}: ${how.en}`,
    },
    ...findings.map((finding) => prefixed('✗ ', keyFindingText(finding))),
    ...(found > findings.length ? [moreText(found - findings.length)] : []),
  ];
}

function witnessText({ witness, witnessFrom, witnessBefore, hasWrongWitness }: VerifiedHistory): Bilingual[] {
  const from = sourceText(witness, witnessFrom);
  const lines = [{ ru: `Свидетель ${witness} — ${from.ru}`, en: `Witness ${witness} — ${from.en}` }];
  if (witnessFrom === 'chronicle' && witness !== '') {
    lines.push({
      ru: 'Время подписей достоверно лишь настолько, насколько достоверны сами файлы: дайте ключ свидетеля через --witness',
      en: 'The times are only as good as the files themselves: give the key of the witness by --witness',
    });
  }
  if (witnessBefore !== undefined) {
    lines.push({
      ru: `Прежде здесь помнился другой свидетель: ${witnessBefore}`,
      en: `Another witness was remembered here before: ${witnessBefore}`,
    });
  }
  if (hasWrongWitness) {
    lines.push({
      ru: '✗ В летописи записан другой свидетель, не тот, которому вы доверяете',
      en: '✗ The chronicle names another witness than the trusted one',
    });
  }
  return lines;
}

function anchorText({ anchored, anchorPlace, remembered }: VerifiedHistory): Bilingual[] {
  const anchor =
    anchored === undefined
      ? {
          ru: `Якоря рядом с летописью нет (${anchorPlace}): сервер не подписывает её, пока её не примут командой npx letopis log accept`,
          en: `There is no anchor beside the chronicle (${anchorPlace}): a server does not sign it before \`npx letopis log accept\``,
        }
      : {
          ru: `Якорь: ${anchorPlace}, событий ${anchored}`,
          en: `Anchor: ${anchorPlace}, ${anchored} events`,
        };
  const before =
    remembered === undefined
      ? {
          ru: 'Прежней проверки здесь нет. Подмену всего каталога данных вместе с якорем так не обнаружить: сверьте корень с сохранённым вне этого сервера',
          en: 'There was no verification here before. A data directory that was replaced as a whole, its anchor too, cannot be told in this way: compare the root with one that is kept outside of this server',
        }
      : {
          ru: `Прежняя проверка здесь: события 1–${remembered}`,
          en: `The last verification here: events 1–${remembered}`,
        };
  return [anchor, before];
}

/** Returns a time in seconds since 1970 as an RFC 3339 text. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

function sourceText(key: string, from: KeySource): Bilingual {
  switch (from) {
    case 'given':
      return { ru: 'указан вами', en: 'given by you' };
    case 'remembered':
      return { ru: 'тот же, что при прошлой проверке', en: 'the same as at the last verification' };
    case 'chronicle':
      return key === ''
        ? { ru: 'нет', en: 'none' }
        : {
            ru: 'взят из самой летописи: сверьте его с опубликованным',
            en: 'taken from the chronicle itself: compare it with the published one',
          };
  }
}

function verdict(result: VerifiedChronicle): Bilingual {
  switch (exitCode(result)) {
    case VERIFIED:
      return { ru: 'Проверено: история не переписывалась', en: 'Verified: the history was not rewritten' };
    case UNANCHORED:
      return {
        ru: 'Летопись цела, но ни одна контрольная точка её не закрепляет: запустите сервер, он подпишет',
        en: 'The chronicle is whole, but no checkpoint anchors it: start the server, which signs one',
      };
    default:
      if (result.found === 0 && !result.hasWrongKey && !result.hasWrongWitness) return KEYS_DAMAGED;
      return { ru: 'НЕ ПРОЙДЕНО: записанное изменено', en: 'FAILED: recorded events were changed' };
  }
}
