import type { Command } from 'commander';
import type { Bilingual } from '../../domain/language.js';
import { ChronicleDamaged } from '../../engine/eventstore/port.js';
import { momentText, prefixed } from '../bilingual.js';
import { MISUSED, TAMPERED, VERIFIED } from '../exitCodes.js';
import { differenceText, followText, moreText } from '../findings.js';
import { OperationRefused } from '../operations/operation.js';
import { verifyConfigured } from '../operations/verifyConfigured.js';
import { verifyProjections } from '../operations/verifyProjections.js';
import { verifyServed } from '../operations/verifyServed.js';
import { faultInBoth } from '../russian/faults.js';
import { exitCode, forPrograms, isoTime, verificationLines } from '../verified.js';
import { DATA, type Flags, type Terminal } from './terminal.js';
import { runVerifyProof } from './verifyBundle.js';

interface VerifyFlags extends Flags {
  readonly key?: string;
  readonly witness?: string;
  readonly bundle?: string;
  readonly url?: string;
  readonly projections?: boolean;
  readonly json?: boolean;
}

const DAMAGED_FILE: Bilingual = {
  ru: 'НЕ ПРОЙДЕНО: повреждён сам файл летописи; остановите сервер, сохраните файлы как они есть и восстановите последнюю копию (npx letopis restore)',
  en: 'FAILED: the file of the chronicle itself is damaged; stop the server, keep the files as they are, and restore the latest backup (npx letopis restore)',
};

/** Adds `letopis verify`, which checks that the history was never rewritten. */
export function verifyCommand(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .description(
      'verify that no recorded event was changed, on files or on servers; a server may run, nothing is written to the chronicle',
    )
    .option('--key <key>', 'the public key of the log, as its keeper publishes it: letopis/…+id+key')
    .option('--witness <key>', 'the public key of its witness, which proves the times: letopis/…/witness+id+key')
    .option('--url <address>', 'verify the public log of a server over the network')
    .option('--bundle <file>', 'verify a proof that export-proof wrote, instead of a chronicle')
    .option(
      '--projections',
      'compare the read models with the chronicle instead; uses the running server, or the files',
    )
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((flags: VerifyFlags) => runVerify(terminal, flags));
}

async function runVerify(terminal: Terminal, { bundle, url, projections, ...flags }: VerifyFlags): Promise<void> {
  try {
    if ([bundle, url, projections].filter((each) => each !== undefined).length > 1) {
      throw new OperationRefused({
        ru: 'дайте только одно из --url, --bundle и --projections',
        en: 'give one of --url, --bundle and --projections at a time',
      });
    }
    if (bundle !== undefined) await runVerifyProof(terminal, bundle, flags);
    else if (url !== undefined) await verifyAddress(terminal, url, flags);
    else if (projections) await verifyReadModels(terminal, flags);
    else await runVerifyFiles(terminal, flags);
  } catch (error) {
    terminal.exitCode = MISUSED;
    throw error;
  }
}

async function verifyAddress(terminal: Terminal, address: string, { key, witness, json }: VerifyFlags): Promise<void> {
  const line = terminal.progressLine();
  const result = await verifyServed(address, { log: key, witness, state: terminal.state }, (entries) =>
    line.show({ ru: `проверено записей: ${entries}`, en: `entries verified: ${entries}` }),
  ).finally(() => line.end());
  const { checkpoint, findings, seenAt } = result;
  terminal.exitCode = findings.length > 0 ? TAMPERED : VERIFIED;
  if (json) {
    const { origin, size, root } = checkpoint;
    terminal.say(
      JSON.stringify({
        origin,
        size,
        root: root.toString('base64'),
        seenAt: seenAt ?? null,
        key: result.key,
        witness: result.witness ?? null,
        findings,
      }),
    );
    return;
  }
  const { origin, size } = checkpoint;
  terminal.say({ ru: `Журнал ${origin}: записей ${size}`, en: `Log ${origin}: ${size} entries` });
  const when = seenAt === undefined ? '—' : terminal.text(momentText(isoTime(seenAt)));
  terminal.say(
    result.witness === undefined
      ? {
          ru: 'Ключ свидетеля не известен: когда подписано, не проверено; дайте его через --witness',
          en: 'The key of the witness is not known, so the time of signing was not verified; give it by --witness',
        }
      : { ru: `Свидетель ${result.witness}: ${when}`, en: `Witness ${result.witness}: ${when}` },
  );
  for (const finding of findings) terminal.say(prefixed('✗ ', followText(finding)));
  terminal.say(
    findings.length > 0
      ? { ru: 'НЕ ПРОЙДЕНО: журнал не тот, что был', en: 'FAILED: the log was changed' }
      : {
          ru: 'Проверено: журнал подписан и продолжает виденный прежде',
          en: 'Verified: the log is signed and continues the log of the last verification',
        },
  );
}

async function verifyReadModels(terminal: Terminal, { json, ...flags }: VerifyFlags): Promise<void> {
  const line = terminal.progressLine();
  const result = await terminal
    .perform(flags, verifyProjections, {}, ({ events, documents }) =>
      line.show(
        documents === 0
          ? { ru: `прочитано событий: ${events}`, en: `events read: ${events}` }
          : { ru: `сверено документов: ${documents}`, en: `documents compared: ${documents}` },
      ),
    )
    .finally(() => line.end());
  const { documents, found, differences } = result;
  terminal.exitCode = found > 0 ? TAMPERED : VERIFIED;
  if (json) {
    terminal.say(JSON.stringify(result));
    return;
  }
  terminal.say({ ru: `Представления: документов ${documents}`, en: `Read models: ${documents} documents` });
  for (const difference of differences) terminal.say(prefixed('✗ ', differenceText(difference)));
  if (found > differences.length) terminal.say(moreText(found - differences.length));
  terminal.say(
    found > 0
      ? {
          ru: 'НЕ ПРОЙДЕНО: представления расходятся с летописью; npx letopis rebuild построит их заново',
          en: 'FAILED: the read models differ from the chronicle; npx letopis rebuild rebuilds them',
        }
      : {
          ru: 'Проверено: представления совпадают с летописью',
          en: 'Verified: the read models match the chronicle',
        },
  );
}

async function runVerifyFiles(terminal: Terminal, { key, witness, json, ...flags }: VerifyFlags): Promise<void> {
  const config = await terminal.chronicleConfig(flags);
  const line = terminal.progressLine();
  const verified = await verifyConfigured(config, { log: key, witness, state: terminal.state }, (events) =>
    line.show({ ru: `проверено событий: ${events}`, en: `events verified: ${events}` }),
  )
    .catch(damageOrThrow)
    .finally(() => line.end());
  if (verified instanceof ChronicleDamaged) {
    terminal.exitCode = TAMPERED;
    if (json)
      terminal.say(JSON.stringify({ found: 1, findings: [{ kind: 'damagedFile', problem: verified.message }] }));
    else for (const text of [prefixed('✗ ', faultInBoth(verified)), DAMAGED_FILE]) terminal.say(text);
    return;
  }
  terminal.exitCode = exitCode(verified);
  if (json) terminal.say(JSON.stringify(forPrograms(verified)));
  else for (const each of verificationLines(verified)) terminal.say(each);
}

/** Returns the error of a damaged file, which is a result of the verification. Rethrows any other error. */
function damageOrThrow(error: unknown): ChronicleDamaged {
  if (error instanceof ChronicleDamaged) return error;
  throw error;
}
