import type { Command } from 'commander';
import { backup } from '../operations/backup.js';
import { restore } from '../operations/restore.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

/** Adds `letopis backup`. */
export function backupCommand(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy chronicle, keys of persons and API keys into one file, even while the server runs')
    .argument('<file>', 'a file that does not exist yet, such as letopis-2026-11-24.tar.gz')
    .option(...DATA)
    .action((file: string, flags: Flags) => runBackup(terminal, file, flags));
}

/** Adds `letopis restore`. */
export function restoreCommand(program: Command, terminal: Terminal): void {
  program
    .command('restore')
    .description('restore a backup into a directory without a chronicle')
    .argument('<file>', 'a file that `letopis backup` made')
    .option('--key <key>', 'the public key of the log, as its keeper publishes it')
    .option('--witness <key>', 'the public key of its witness')
    .option(...DATA)
    .action((file: string, flags: RestoreFlags) => runRestore(terminal, file, flags));
}

async function runBackup(terminal: Terminal, file: string, flags: Flags): Promise<void> {
  const line = terminal.progressLine();
  const made = await backup(terminal.config(flags), file, terminal.state, (events) =>
    line.show(`проверено / checked: ${events}`),
  );
  line.end();
  const { events, streams, chronicleId } = made.manifest;
  terminal.say(`Копия / backup: ${made.file} (${(made.bytes / 1_048_576).toFixed(1)} MB)`);
  terminal.say(
    `Проверено / verified: летопись / chronicle ${chronicleId}, событий / events ${events} в / in ${streams} потоках / streams, без пропусков / without gaps, каждое прочитано / each one read; страницы файлов целы / pages of the files not damaged; архив прочитан обратно / archive read back`,
  );
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
  const show = (events: number) => line.show(`проверено / checked: ${events}`);
  const put = await restore(terminal.config(flags), file, { log: key, witness, state: terminal.state }, show).finally(
    () => line.end(),
  );
  const { events, streams, chronicleId, createdAt } = put.manifest;
  terminal.say(`Восстановлено / restored: ${put.directory}, копия от / backup of ${createdAt}`);
  terminal.say(
    `Проверено / verified: контрольные суммы / checksums; летопись / chronicle ${chronicleId}, событий / events ${events} в / in ${streams} потоках / streams, без пропусков / without gaps, каждое прочитано / each one read`,
  );
  terminal.say(
    put.log.signed === 0
      ? 'ВНИМАНИЕ: ни одна контрольная точка не закрепляет эту историю / WARNING: no checkpoint anchors this history'
      : `События 1–${put.log.signed} те, что были подписаны / events 1–${put.log.signed} are those that were signed; ${KEY_FROM[put.log.keyFrom]}`,
  );
  terminal.say(MASTER_KEY[put.masterKey]);
  terminal.say(
    'Положите рядом forgotten.list: имена, удалённые после этой копии, останутся удалёнными / put forgotten.list beside it: names that were erased after this backup stay erased.',
  );
  terminal.say(
    'Журнал будет подписываться после letopis log accept --reason …: якорь в копию не входит / the log is signed again after `letopis log accept --reason …`: a backup holds no anchor.',
  );
  terminal.say('Представления строятся при запуске / read models are built at the next start: letopis serve');
}

const SOURCE_DAMAGED =
  'ПОВРЕЖДЕНА летопись, с которой снята копия; сама копия цела, в ней все события. Остановите сервер, сохраните файлы и восстановите эту копию / the chronicle that was copied IS DAMAGED; the copy itself is whole and holds all events. Stop the server, keep the files, and restore this copy (letopis restore)';

const KEY_FROM = {
  given: 'ключ указан вами / the key was given by you',
  remembered: 'ключ тот же, что при прошлой проверке / the key is the one of the last verification here',
  chronicle:
    'ключ взят из самой копии: дайте опубликованный через --key / the key was taken from the backup itself: give the published one by --key',
  none: 'ключа нет / there is no key',
} as const;

const MASTER_KEY = {
  opens:
    'Главный ключ подходит к копии; храните его отдельно от неё / the master key opens it; keep the key apart from it.',
  wrong: 'ВНИМАНИЕ: главный ключ НЕ подходит / WARNING: the master key does NOT open the keys of persons in it.',
  absent:
    'Главный ключ не проверен: положите master.key в каталог или задайте LETOPIS_MASTER_KEY / the master key was not at hand: put master.key into the directory, or set LETOPIS_MASTER_KEY.',
} as const;
