import type { Command } from 'commander';
import type { z } from 'zod';
import type { Bilingual } from '../../domain/language.js';
import { onServer } from '../admin/client.js';
import { prefixed, sizeText } from '../bilingual.js';
import { type Status, serverStatus, statusWithoutServer } from '../operations/status.js';
import { messageInBoth } from '../russian/messages.js';
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
  if (flags.json) terminal.say(JSON.stringify(status));
  else for (const line of statusLines(status)) terminal.say(line);
}

function statusLines(status: z.infer<typeof Status>): Bilingual[] {
  const { running, uptimeSeconds, version, chronicleId, head, quarantined, logProblem, notices } = status;
  const position = positionText(head);
  return [
    running
      ? {
          ru: `Сервер работает ${uptimeSeconds} с (Летопись ${version})`,
          en: `The server has been running for ${uptimeSeconds} s (Letopis ${version})`,
        }
      : { ru: `Сервер не запущен (Летопись ${version})`, en: `No server runs (Letopis ${version})` },
    { ru: `Летопись ${chronicleId}: до ${position.ru}`, en: `Chronicle ${chronicleId}: up to ${position.en}` },
    { ru: 'Представления:', en: 'Read models:' },
    ...status.readModels.map(modelLine),
    ...(status.readModels.length > 0 ? [] : [{ ru: '  ещё нет', en: '  none yet' }]),
    { ru: `В карантине: ${quarantined}`, en: `Quarantined: ${quarantined}` },
    ...status.damage.map(({ stream, problem }) => ({
      ru: `ПОВРЕЖДЕНО, не записывается: ${stream ?? 'вся летопись'} (${messageInBoth(problem).ru})`,
      en: `DAMAGED, closed to writing: ${stream ?? 'the whole chronicle'} (${problem})`,
    })),
    ...(logProblem === null ? [] : [prefixed('✗ ', logProblem)]),
    ...(notices === null
      ? []
      : [{ ru: `Уведомлений о сроках с запуска: ${notices}`, en: `Notices of due days since the start: ${notices}` }]),
    { ru: 'Файлы:', en: 'Files:' },
    ...status.files.map(({ name, bytes }) => prefixed(`  ${name}: `, sizeText(bytes))),
  ];
}

function modelLine({ name, position, isComplete }: z.infer<typeof Status>['readModels'][number]): Bilingual {
  const { ru, en } = positionText(position);
  return prefixed(
    `  ${name}: `,
    isComplete ? { ru: 'полностью', en: 'complete' } : { ru: `до ${ru}`, en: `up to ${en}` },
  );
}

/**
 * Returns a position in words. Positions of the embedded event store are event numbers, others are printed as they are.
 */
function positionText(position: string): Bilingual {
  if (position.length > 16) return { ru: position, en: position };
  return { ru: `события ${Number(position)}`, en: `event ${Number(position)}` };
}
