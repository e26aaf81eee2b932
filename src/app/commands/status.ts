import type { Command } from 'commander';
import type { z } from 'zod';
import { onServer } from '../admin/client.js';
import { type Status, serverStatus, statusWithoutServer } from '../operations/status.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface StatusFlags extends Flags {
  readonly json?: boolean;
}

/** Adds `letopis status`: the status of the running server, or of the files, which are opened read-only. */
export function statusCommand(program: Command, terminal: Terminal): void {
  program
    .command('status')
    .description('show the status of the server or its files; nothing is written')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((flags: StatusFlags) => runStatus(terminal, flags));
}

async function runStatus(terminal: Terminal, flags: StatusFlags): Promise<void> {
  const config = terminal.config(flags);
  const answer = await onServer(config, serverStatus, {});
  const status = answer.answered ? answer.result : await statusWithoutServer(config, terminal.logger(config));
  terminal.say(flags.json ? JSON.stringify(status) : statusText(status));
}

/** Positions of the embedded event store are event numbers. Positions of KurrentDB are printed as they are. */
function printedPosition(position: string): string {
  return position.length <= 16 ? `события / event ${Number(position)}` : position;
}

function statusText(status: z.infer<typeof Status>): string {
  const models = status.readModels.map(
    ({ name, position, isComplete }) =>
      `  ${name}: ${isComplete ? 'полностью / complete' : `до / to ${printedPosition(position)}`}`,
  );
  const files = status.files.map(({ name, bytes }) => `  ${name}: ${(bytes / 1_048_576).toFixed(1)} MB`);
  return [
    status.running
      ? `Сервер работает ${status.uptimeSeconds} с / the server runs (Letopis ${status.version})`
      : `Сервер не запущен / no server runs (Letopis ${status.version})`,
    `Летопись / chronicle ${status.chronicleId}: до / to ${printedPosition(status.head)}`,
    'Представления / read models:',
    ...(models.length > 0 ? models : ['  ещё нет / none yet']),
    `В карантине / quarantined: ${status.quarantined}`,
    ...status.damage.map(
      ({ stream, problem }) =>
        `ПОВРЕЖДЕНО, не записывается / DAMAGED, closed to writing: ${stream ?? 'вся летопись / the whole chronicle'} (${problem})`,
    ),
    ...(status.logProblem === null ? [] : [`✗ ${status.logProblem}`]),
    ...(status.notices === null ? [] : [`Уведомлений о сроках с запуска / notices since the start: ${status.notices}`]),
    'Файлы / files:',
    ...files,
  ].join('\n');
}
