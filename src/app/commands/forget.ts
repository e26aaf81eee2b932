import { type Command, Option } from 'commander';
import { dayText } from '../../domain/dates.js';
import type { Bilingual, Language } from '../../domain/language.js';
import { LEGAL_GROUNDS, type LegalGround } from '../../domain/person/events.js';
import { momentText } from '../bilingual.js';
import { forget, type ToldTraces } from '../operations/forget.js';
import { OperationRefused } from '../operations/operation.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface ForgetFlags extends Flags {
  readonly ground?: LegalGround;
  readonly reason?: string;
  readonly requestedOn?: string;
  readonly despiteRetention?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds `letopis forget`, which shows the traces of a person and erases the name. */
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
    .action((person: string, flags: ForgetFlags) => runForget(terminal, person, flags));
}

async function runForget(terminal: Terminal, person: string, flags: ForgetFlags): Promise<void> {
  const { ground, reason = null, requestedOn = null, despiteRetention = false, yes = false } = flags;
  if (yes && ground === undefined) {
    const grounds = LEGAL_GROUNDS.join(', ');
    throw new OperationRefused({
      ru: `укажите правовое основание через --ground: ${grounds}`,
      en: `name the legal ground by --ground: ${grounds}`,
    });
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
      ? {
          ru: 'Имя удалено навсегда: ключ уничтожен.',
          en: 'The name is erased for ever: its key is destroyed.',
        }
      : {
          ru: 'Ничего не изменено. Чтобы удалить имя, добавьте --yes --ground …',
          en: 'Nothing was changed. To erase the name, add --yes --ground …',
        },
  );
  if (isForgotten) terminal.say(BACKUPS);
}

/** Hint about backups, which still contain the destroyed key. */
const BACKUPS: Bilingual = {
  ru: 'Сохраните forgotten.list рядом с главным ключом: с ним и прежние резервные копии имя не вернут.',
  en: 'Keep forgotten.list beside the master key: with it, earlier backups do not bring the name back either.',
};

function* traceLines(traces: ToldTraces): Generator<string | Bilingual> {
  const { subject, name, entries, firstAt, lastAt, plans, mentions, hasMoreMentions, apiKeys, alike } = traces;
  yield {
    ru: `${name ?? 'удалено'}\t${subject ?? 'имя нигде не зашифровано, удалять нечего'}`,
    en: `${name ?? 'erased'}\t${subject ?? 'sealed nowhere: nothing to erase'}`,
  };
  const moments = [firstAt, lastAt].flatMap((moment) => (moment === null ? [] : [momentText(moment)]));
  const range = (language: Language) =>
    moments.length === 0 ? '' : ` (${moments.map((moment) => moment[language]).join(' … ')})`;
  yield { ru: `Записей: ${entries}${range('ru')}`, en: `Entries: ${entries}${range('en')}` };
  yield { ru: `Планов: ${plans.length}`, en: `Plans: ${plans.length}` };
  for (const { planId, title, retainedUntil, isRetained } of plans) {
    const row = `  ${planId}\t${title.replace(/\s+/g, ' ')}`;
    const mark = isRetained ? ' (!)' : '';
    yield retainedUntil === null
      ? row
      : {
          ru: `${row}\tхранить до ${dayText(retainedUntil)}${mark}`,
          en: `${row}\tkeep until ${retainedUntil}${mark}`,
        };
  }
  if (mentions.length > 0) {
    const count = `${mentions.length}${hasMoreMentions ? '+' : ''}`;
    yield {
      ru: `Имя может стоять в свободном тексте, это НЕ удаляется: ${count}`,
      en: `The name may stand in free texts, which are NOT erased: ${count}`,
    };
    for (const { entryId, path, excerpt } of mentions) {
      yield `  ${entryId}\t${path}\t«${excerpt.replace(/\s+/g, ' ')}»`;
    }
  }
  if (apiKeys.length > 0) {
    yield {
      ru: 'Ключи доступа с этим или похожим именем; отмеченные (!) сначала переименуйте (npx letopis keys rename ID NAME):',
      en: 'API keys with this or a similar name; rename those marked (!) first (npx letopis keys rename ID NAME):',
    };
    for (const { id, name: own, isSame } of apiKeys) yield `  ${id}\t${own}${isSame ? ' (!)' : ''}`;
  }
  if (alike.length > 0) {
    yield { ru: 'Похожие имена, возможно тот же человек:', en: 'Similar names, perhaps the same person:' };
    for (const { subject: other, name: own } of alike) yield `  ${own}\t${other}`;
  }
}
