import type { Command } from 'commander';
import type { Bilingual } from '../../domain/language.js';
import { momentText, sizeText } from '../bilingual.js';
import { backup } from '../operations/backup.js';
import { restore } from '../operations/restore.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

/** Adds `letopis backup`, which copies the chronicle and all keys into one file. */
export function backupCommand(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy chronicle, keys of persons and API keys into one file, even while the server runs')
    .argument('<file>', 'a file that does not exist yet, such as letopis-2026-11-24.tar.gz')
    .option(...DATA)
    .action((file: string, flags: Flags) => runBackup(terminal, file, flags));
}

/** Adds `letopis restore`, which unpacks a backup into a directory without a chronicle. */
export function restoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .description('restore a backup into a directory without a chronicle')
    .argument('<file>', 'a file that `npx letopis backup` made')
    .option('--key <key>', 'the public key of the log, as its keeper publishes it')
    .option('--witness <key>', 'the public key of its witness')
    .option(...DATA)
    .action((file: string, flags: RestoreFlags) => runRestore(terminal, file, flags));
}

async function runBackup(terminal: Terminal, file: string, flags: Flags): Promise<void> {
  const line = terminal.progressLine();
  const made = await backup(terminal.config(flags), file, terminal.state, (events) =>
    line.show({ ru: `проверено событий: ${events}`, en: `events checked: ${events}` }),
  );
  line.end();
  const { events, streams, chronicleId } = made.manifest;
  const size = sizeText(made.bytes);
  terminal.say({ ru: `Копия: ${made.file} (${size.ru})`, en: `Backup: ${made.file} (${size.en})` });
  terminal.say({
    ru: `Проверено: летопись ${chronicleId}, событий ${events}, потоков ${streams}, без пропусков, каждое событие прочитано; страницы файлов целы; архив прочитан обратно`,
    en: `Verified: chronicle ${chronicleId}, ${events} events in ${streams} streams without gaps, each one read; pages of the files not damaged; archive read back`,
  });
  terminal.say(MASTER_KEY[made.masterKey]);
  if (made.damage.length === 0) return;
  // The backup is good, but a scheduled job must notice that the source is damaged.
  terminal.exitCode = 1;
  for (const { problem } of made.damage) terminal.warn(`✗ ${problem}`);
  terminal.warn(SOURCE_DAMAGED);
}

interface RestoreFlags extends Flags {
  readonly key?: string;
  readonly witness?: string;
}

async function runRestore(terminal: Terminal, file: string, { key, witness, ...flags }: RestoreFlags): Promise<void> {
  const line = terminal.progressLine();
  const show = (events: number) => line.show({ ru: `проверено событий: ${events}`, en: `events checked: ${events}` });
  const put = await restore(terminal.config(flags), file, { log: key, witness, state: terminal.state }, show).finally(
    () => line.end(),
  );
  const { events, streams, chronicleId, createdAt } = put.manifest;
  const made = momentText(createdAt);
  terminal.say({
    ru: `Восстановлено: ${put.directory}, копия от ${made.ru}`,
    en: `Restored: ${put.directory}, backup of ${made.en}`,
  });
  terminal.say({
    ru: `Проверено: контрольные суммы; летопись ${chronicleId}, событий ${events}, потоков ${streams}, без пропусков, каждое событие прочитано`,
    en: `Verified: checksums; chronicle ${chronicleId}, ${events} events in ${streams} streams without gaps, each one read`,
  });
  terminal.say(signedText(put.log));
  terminal.say(MASTER_KEY[put.masterKey]);
  terminal.say({
    ru: 'Положите рядом forgotten.list: имена, удалённые после этой копии, останутся удалёнными.',
    en: 'Put forgotten.list beside it: names that were erased after this backup stay erased.',
  });
  terminal.say({
    ru: 'Журнал будет подписываться после npx letopis log accept --reason …: якорь в копию не входит.',
    en: 'The log is signed again after `npx letopis log accept --reason …`: a backup holds no anchor.',
  });
  terminal.say({
    ru: 'Представления строятся при запуске: npx letopis serve',
    en: 'Read models are built at the next start: npx letopis serve',
  });
}

function signedText({ signed, keyFrom }: Awaited<ReturnType<typeof restore>>['log']): Bilingual {
  if (signed === 0) {
    return {
      ru: 'ВНИМАНИЕ: ни одна контрольная точка не закрепляет эту историю',
      en: 'WARNING: no checkpoint anchors this history',
    };
  }
  const from = KEY_FROM[keyFrom];
  return {
    ru: `События 1–${signed} те, что были подписаны; ${from.ru}`,
    en: `Events 1–${signed} are those that were signed; ${from.en}`,
  };
}

const SOURCE_DAMAGED: Bilingual = {
  ru: 'ПОВРЕЖДЕНА летопись, с которой снята копия; сама копия цела, в ней все события. Остановите сервер, сохраните файлы и восстановите эту копию (npx letopis restore)',
  en: 'The chronicle that was copied IS DAMAGED; the copy itself is whole and holds all events. Stop the server, keep the files, and restore this copy (npx letopis restore)',
};

const KEY_FROM = {
  given: { ru: 'ключ указан вами', en: 'the key was given by you' },
  remembered: { ru: 'ключ тот же, что при прошлой проверке', en: 'the key is the one of the last verification here' },
  chronicle: {
    ru: 'ключ взят из самой копии: дайте опубликованный через --key',
    en: 'the key was taken from the backup itself: give the published one by --key',
  },
  none: { ru: 'ключа нет', en: 'there is no key' },
} as const;

const MASTER_KEY = {
  opens: {
    ru: 'Главный ключ подходит к копии; храните его отдельно от неё.',
    en: 'The master key opens it; keep the key apart from it.',
  },
  wrong: {
    ru: 'ВНИМАНИЕ: главный ключ НЕ подходит к ключам лиц в копии.',
    en: 'WARNING: the master key does NOT open the keys of persons in it.',
  },
  absent: {
    ru: 'Главный ключ не проверен: положите master.key в каталог или задайте LETOPIS_MASTER_KEY.',
    en: 'The master key was not at hand: put master.key into the directory, or set LETOPIS_MASTER_KEY.',
  },
} as const;
