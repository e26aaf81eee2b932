import type { Command } from 'commander';
import { isLocalDate } from '../../domain/dates.js';
import type { Bilingual } from '../../domain/language.js';
import { notation, notationText, type PlanPeriod } from '../../domain/schedule.js';
import { readTimeframe } from '../../domain/wording/read.js';
import { OperationRefused } from '../operations/operation.js';
import { compareWordings, ownWordings } from '../operations/wordings.js';
import { type OwnAsked, ownAsked, type ReadingFlags } from './ownReadings.js';
import { tableCell } from './tableCell.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

/** Adds `letopis wording`, which prints the meaning that the rules read in a timeframe. */
export function wordingCommand(program: Command, terminal: Terminal): void {
  program
    .command('wording')
    .description('read timeframes from standard input and print their meanings; or list what a chronicle means by them')
    .option('--compare', 'list the stored timeframes of all plans that the present rules read otherwise')
    .option('--own <organisation>', 'list the timeframes whose meaning an organisation has settled')
    .option('--withdraw <wording>', 'with --own: keep the meaning of this timeframe no longer')
    .option(...DATA)
    .addHelpText('after', terminal.text(COLUMNS_OF_TIMEFRAMES))
    .action((flags: WordingFlags) => run(terminal, flags));
}

const COLUMNS_OF_TIMEFRAMES: Bilingual = {
  ru: `
Столбцы через табуляцию, без заголовка: id, срок (⏎ — перенос строки), первый и последний день плана (ГГГГ-ММ-ДД или
оба пусты), заголовок над строкой. Печатаются id, вид, понимание, уверенность, другие варианты (вид:понимание, через
« | »), отметки (через запятую) и слова, которые не срок.

С --compare: план, состояние, мероприятие, номер, срок, правила записанного понимания, записанное понимание, уверенность
и понимание по нынешним правилам. Ничего не изменяется: перечитайте сроки в проекте (readTimeframesAgain) или измените план.`,
  en: `
Columns, parted by tabs, without a heading: id, wording (⏎ for a line break), first and last day of the plan
(YYYY-MM-DD, or both empty), heading above the row. Printed are id, kind, interpretation, confidence, alternatives
(kind:interpretation, parted by « | »), flags (parted by commas) and the words that are no time.

With --compare: plan, status, activity, number, wording, rules of the stored reading, stored reading, confidence and
reading of the present rules. Nothing is changed: take a reading over in a draft (readTimeframesAgain), or amend the plan.`,
};

interface WordingFlags extends ReadingFlags {
  readonly compare?: boolean;
}

async function run(terminal: Terminal, flags: WordingFlags): Promise<void> {
  const own = ownAsked(flags, { ru: 'срок', en: 'wording' });
  if (own) await listOwn(terminal, own, flags);
  else if (flags.compare) await listDifferences(terminal, flags);
  else await terminal.sayOfRows(readTimeframeRow);
}

async function listOwn(terminal: Terminal, own: OwnAsked, flags: Flags): Promise<void> {
  const { wordings } = await terminal.perform(flags, ownWordings, own);
  const { withdraw } = own;
  if (withdraw !== null) {
    terminal.warn({
      ru: `Значение срока «${withdraw}» больше не хранится. Что с ним прочитано раньше, не меняется`,
      en: `The meaning of «${withdraw}» is no longer kept. What was read with it before does not change`,
    });
  }
  for (const { text, meaning } of wordings) terminal.say([tableCell(text), meaning].join('\t'));
}

async function listDifferences(terminal: Terminal, flags: Flags): Promise<void> {
  const progress = terminal.progressLine();
  const { plans, differences } = await terminal.perform(flags, compareWordings, {}, (done) =>
    progress.show({ ru: `планов: ${done.plans}`, en: `plans: ${done.plans}` }),
  );
  progress.end();
  for (const { planId, status, activityId, number, text, rules, stored, confidence, now } of differences) {
    terminal.say(
      [planId, status, activityId, number ?? '', tableCell(text), rules, stored, confidence, now].join('\t'),
    );
  }
  terminal.warn({
    ru: `Планов: ${plans}, сроков с другим чтением: ${differences.length}`,
    en: `Plans: ${plans}, timeframes that are read otherwise: ${differences.length}`,
  });
}

function readTimeframeRow([id = '', phrase = '', start = '', end = '', heading = '']: readonly string[]): string[] {
  const {
    schedule,
    confidence,
    alternatives,
    flags,
    residue = '',
  } = readTimeframe(phrase, periodOf(id, start, end), heading);
  const { kind, interpretation } = notation(schedule);
  return [
    id,
    kind,
    interpretation,
    confidence,
    alternatives.map(notationText).join(' | '),
    flags.join(','),
    tableCell(residue),
  ];
}

function periodOf(id: string, start: string, end: string): PlanPeriod | null {
  if (start === '' && end === '') return null;
  if (!isLocalDate(start) || !isLocalDate(end) || start > end) {
    throw new OperationRefused({
      ru: `строка ${id}: «${start}» и «${end}» — не первый и последний день: напишите их как 2020-09-01 2021-08-31`,
      en: `row ${id}: «${start}» and «${end}» are no first and last day: write them as 2020-09-01 2021-08-31`,
    });
  }
  return { start, end };
}
