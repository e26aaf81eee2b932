import { type Command, Option } from 'commander';
import { LEGAL_GROUNDS, type LegalGround } from '../../domain/person/events.js';
import { forget, type ToldTraces } from '../operations/forget.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ForgetFlags extends Flags {
  readonly ground?: LegalGround;
  readonly reason?: string;
  readonly requestedOn?: string;
  readonly despiteRetention?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds `letopis forget`. */
export function forgetCommand(program: Command, terminal: Terminal): void {
  program
    .command('forget')
    .description(
      'show where a person is named; with --yes erase the name for ever: its key is destroyed, the events do not change',
    )
    .argument('<person>', 'the name as it is printed, or the id of the person')
    .addOption(new Option('--ground <ground>', 'the legal ground').choices(LEGAL_GROUNDS))
    .option('--reason <reason>', 'why: number and day of the request, without the name')
    .option('--requested-on <YYYY-MM-DD>', 'the day of the request')
    .option('--despite-retention', 'erase even if plans that name the person are still within their retention period')
    .option('--yes', 'erase; without it nothing is changed')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((person: string, flags: ForgetFlags, command: Command) => runForget(terminal, person, flags, command));
}

async function runForget(terminal: Terminal, person: string, flags: ForgetFlags, command: Command): Promise<void> {
  const { ground, reason = null, requestedOn = null, despiteRetention = false, yes = false } = flags;
  if (yes && ground === undefined) {
    command.error(`error: name the legal ground by --ground: ${LEGAL_GROUNDS.join(', ')}`);
  }
  const asked = yes && ground ? { ground, reason, requestedOn, despiteRetention } : null;
  const { traces, isForgotten } = await terminal.perform(flags, forget, { person, forget: asked });
  if (flags.json) {
    terminal.say(JSON.stringify({ ...traces, isForgotten }));
    return;
  }
  for (const line of traceLines(traces)) terminal.say(line);
  terminal.say(
    isForgotten
      ? 'Имя удалено навсегда: ключ уничтожен / The name is erased for ever: its key is destroyed.'
      : 'Ничего не изменено. Чтобы удалить имя, добавьте --yes --ground … / Nothing was changed. To erase the name add --yes --ground …',
  );
  if (isForgotten) terminal.say(BACKUPS);
}

/** Hint about backups, which still contain the destroyed key. */
const BACKUPS =
  'Сохраните forgotten.list рядом с главным ключом: с ним и прежние резервные копии имя не вернут. / Keep forgotten.list beside the master key: with it backups made before do not bring the name back either.';

function* traceLines(traces: ToldTraces): Generator<string> {
  const { subject, name, entries, firstAt, lastAt, plans, mentions, hasMoreMentions, apiKeys, alike } = traces;
  yield `${name ?? 'удалено / erased'}\t${subject === null ? 'имя нигде не зашифровано / sealed nowhere: nothing to erase' : subject}`;
  yield `Записей / entries: ${entries}${firstAt === null ? '' : ` (${firstAt} … ${lastAt ?? ''})`}`;
  yield `Планы / plans: ${plans.length}`;
  for (const { planId, title, retainedUntil, isRetained } of plans) {
    const until = retainedUntil === null ? '' : `\tхранить до / keep until ${retainedUntil}${isRetained ? ' (!)' : ''}`;
    yield `  ${planId}\t${title.replace(/\s+/g, ' ')}${until}`;
  }
  if (mentions.length > 0) {
    yield `Имя может стоять в свободном тексте, это НЕ удаляется / the name may stand in free texts, which are NOT erased: ${mentions.length}${hasMoreMentions ? '+' : ''}`;
    for (const { entryId, path, excerpt } of mentions) {
      yield `  ${entryId}\t${path}\t«${excerpt.replace(/\s+/g, ' ')}»`;
    }
  }
  if (apiKeys.length > 0) {
    yield 'Ключи доступа с этим или похожим именем; отмеченные (!) сначала переименуйте / API keys with this or a similar name; rename those marked (!) first (letopis keys rename ID NAME):';
    for (const { id, name: own, isSame } of apiKeys) yield `  ${id}\t${own}${isSame ? ' (!)' : ''}`;
  }
  if (alike.length > 0) {
    yield 'Похожие имена, возможно тот же человек / similar names, perhaps the same person:';
    for (const { subject: other, name: own } of alike) yield `  ${own}\t${other}`;
  }
}
