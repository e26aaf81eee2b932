import { readFile } from 'node:fs/promises';
import { bundleIn } from '../../engine/log/bundle.js';
import { parseCheckpoint } from '../../engine/log/checkpoint.js';
import { verifierFrom, witnessFrom } from '../../engine/log/note.js';
import { proofText } from '../findings.js';
import { checkLogKeys } from '../operations/trustedLogs.js';
import { type VerifiedProof, type VerifiedWords, verifyProof } from '../operations/verifyProof.js';
import { TAMPERED, UNANCHORED, VERIFIED } from '../verified.js';
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
  const whose =
    key === undefined
      ? 'из самого файла: сверьте его с опубликованным / from the file itself: compare it with the published one'
      : 'указан вами / given by you';
  terminal.say(`${stream}: событий / events ${events}`);
  terminal.say(`Ключ / key ${key ?? bundle.keys.log} — ${whose}`);
  if (witness !== undefined) terminal.say(`Свидетель / witness ${witness} — указан вами / given by you`);
  for (const line of wordsText(words)) terminal.say(line);
  for (const line of findingLines([...findings, ...(words?.unconfirmed ?? [])])) terminal.say(line);
  terminal.say(verdictText(proof));
}

/** Returns the exit code: changed; not confirmed, because another version wrote the words; verified. */
function proofExitCode({ findings, words }: VerifiedProof): number {
  if (findings.length > 0) return TAMPERED;
  return words && words.unconfirmed.length > 0 ? UNANCHORED : VERIFIED;
}

function proofJson({ bundle, checkpoint, ...result }: VerifiedProof) {
  return { ...result, size: checkpoint.size, key: bundle.keys.log, witness: bundle.keys.witness };
}

function wordsText(words: VerifiedWords | undefined): string[] {
  if (!words) {
    return [
      'Читаемой истории в файле нет: то, что написано на странице, не проверено / the file has no readable history: what the page says was not verified',
    ];
  }
  const { lines, writer, hasPage, names } = words;
  return [
    `Строк истории / lines of the history: ${lines}, составила / written by ${writer}${hasPage ? '' : '; страницы в файле нет / the file has no page'}`,
    `Имена / names: зашифровано / sealed ${names.SEALED}, удалено / erased ${names.ERASED}, недоступно / unavailable ${names.LOST}, показано / shown ${names.SHOWN}`,
    ...(names.SHOWN > 0
      ? [
          'Показанные имена подписал журнал; по событиям они не проверяются: там они зашифрованы / the log signed the shown names; the events do not confirm them, because they hold them encrypted',
        ]
      : []),
  ];
}

function findingLines(findings: VerifiedProof['findings']): string[] {
  const shown = findings.slice(0, SHOWN).map((finding) => `✗ ${proofText(finding)}`);
  const more = findings.length - shown.length;
  return more > 0 ? [...shown, `… и ещё / and ${more} more`] : shown;
}

function verdictText(proof: VerifiedProof): string {
  const { checkpoint, words } = proof;
  switch (proofExitCode(proof)) {
    case TAMPERED:
      return 'НЕ ПРОЙДЕНО: доказательство изменено или подписано другим ключом / FAILED: the proof was changed, or signed by another key';
    case UNANCHORED:
      return `НЕ ПОДТВЕРЖДЕНО: события записаны в журнале, и слова подписаны им, но составила их другая версия (${words?.writer}), а эта пишет их иначе: проверьте той версией / NOT CONFIRMED: the events are in the log, and it has signed the words, but another version (${words?.writer}) wrote them and this one writes them differently: verify with that version`;
    default:
      return words
        ? `Проверено: так записано в журнале, записей в нём ${checkpoint.size}, и каждая строка следует из своего события / verified: these events are in the log of ${checkpoint.size} events, and each line follows from its event`
        : `Проверено: так записано в журнале, записей в нём ${checkpoint.size} / verified: these events are in the log of ${checkpoint.size} events`;
  }
}
