import { readFile } from 'node:fs/promises';
import type { Bilingual } from '../../domain/language.js';
import { bundleIn } from '../../engine/log/bundle.js';
import { parseCheckpoint } from '../../engine/log/checkpoint.js';
import { verifierFrom, witnessFrom } from '../../engine/log/note.js';
import { prefixed } from '../bilingual.js';
import { TAMPERED, UNANCHORED, VERIFIED } from '../exitCodes.js';
import { moreText, proofText } from '../findings.js';
import { checkLogKeys } from '../operations/trustedLogs.js';
import { type VerifiedProof, type VerifiedWords, verifyProof } from '../operations/verifyProof.js';
import type { Terminal } from './terminal.js';

/** What a user trusts when verifying a proof, and how the result is printed. */
interface ProofTrust {
  readonly key?: string;
  readonly witness?: string;
  readonly json?: boolean;
}

/** Number of findings of a proof that are printed. */
const SHOWN = 20;

/** Verifies a proof that `export-proof` wrote, and prints the result. */
export async function runVerifyProof(
  terminal: Terminal,
  file: string,
  { key, witness, json }: ProofTrust,
): Promise<void> {
  const bytes = await readFile(file);
  checkLogKeys({ log: key, witness }, parseCheckpoint(bundleIn(bytes.toString()).checkpoint).origin);
  const proof = await verifyProof(
    bytes,
    key === undefined ? undefined : verifierFrom(key),
    witness === undefined ? undefined : witnessFrom(witness),
  );
  terminal.exitCode = proofExitCode(proof);
  if (json) {
    terminal.say(JSON.stringify(proofJson(proof)));
    return;
  }
  const { stream, events, bundle, words, findings } = proof;
  terminal.say({ ru: `${stream}: событий ${events}`, en: `${stream}: ${events} events` });
  terminal.say(
    key === undefined
      ? {
          ru: `Ключ ${bundle.keys.log} — из самого файла: сверьте его с опубликованным`,
          en: `Key ${bundle.keys.log} — from the file itself: compare it with the published one`,
        }
      : { ru: `Ключ ${key} — указан вами`, en: `Key ${key} — given by you` },
  );
  if (witness !== undefined) {
    terminal.say({ ru: `Свидетель ${witness} — указан вами`, en: `Witness ${witness} — given by you` });
  }
  for (const line of wordsText(words)) terminal.say(line);
  const found = [...findings, ...(words?.unconfirmed ?? [])];
  for (const finding of found.slice(0, SHOWN)) terminal.say(prefixed('✗ ', proofText(finding)));
  if (found.length > SHOWN) terminal.say(moreText(found.length - SHOWN));
  terminal.say(verdictText(proof));
}

/** Returns the exit code. UNANCHORED: another version wrote the sentences, so that they are not confirmed. */
function proofExitCode({ findings, words }: VerifiedProof): number {
  if (findings.length > 0) return TAMPERED;
  return words && words.unconfirmed.length > 0 ? UNANCHORED : VERIFIED;
}

function proofJson({ bundle, checkpoint, ...result }: VerifiedProof) {
  return { ...result, size: checkpoint.size, key: bundle.keys.log, witness: bundle.keys.witness };
}

function wordsText(words: VerifiedWords | undefined): Bilingual[] {
  if (!words) {
    return [
      {
        ru: 'Читаемой истории в файле нет: то, что написано на странице, не проверено',
        en: 'The file has no readable history: what the page says was not verified',
      },
    ];
  }
  const { lines, writer, hasPage, names } = words;
  const texts: Bilingual[] = [
    {
      ru: `Строк истории: ${lines}, составила ${writer}${hasPage ? '' : '; страницы в файле нет'}`,
      en: `Lines of the history: ${lines}, written by ${writer}${hasPage ? '' : '; the file has no page'}`,
    },
    {
      ru: `Имена: зашифровано ${names.SEALED}, удалено ${names.ERASED}, недоступно ${names.LOST}, показано ${names.SHOWN}`,
      en: `Names: ${names.SEALED} sealed, ${names.ERASED} erased, ${names.LOST} unavailable, ${names.SHOWN} shown`,
    },
  ];
  if (names.SHOWN === 0) return texts;
  const shown = {
    ru: 'Показанные имена подписал журнал; по событиям они не проверяются: там они зашифрованы',
    en: 'The log signed the shown names; the events do not confirm them, because they hold them encrypted',
  };
  return [...texts, shown];
}

function verdictText(proof: VerifiedProof): Bilingual {
  const { checkpoint, words } = proof;
  switch (proofExitCode(proof)) {
    case TAMPERED:
      return {
        ru: 'НЕ ПРОЙДЕНО: доказательство изменено или подписано другим ключом',
        en: 'FAILED: the proof was changed, or signed by another key',
      };
    case UNANCHORED:
      return {
        ru: `НЕ ПОДТВЕРЖДЕНО: события записаны в журнале, и слова подписаны им, но составила их другая версия (${words?.writer}), а эта пишет их иначе: проверьте той версией`,
        en: `NOT CONFIRMED: the events are in the log, and it has signed the words, but another version (${words?.writer}) wrote them and this one writes them differently: verify with that version`,
      };
    default:
      return words
        ? {
            ru: `Проверено: так записано в журнале, записей в нём ${checkpoint.size}, и каждая строка следует из своего события`,
            en: `Verified: these events are in the log of ${checkpoint.size} events, and each line follows from its event`,
          }
        : {
            ru: `Проверено: так записано в журнале, записей в нём ${checkpoint.size}`,
            en: `Verified: these events are in the log of ${checkpoint.size} events`,
          };
  }
}
