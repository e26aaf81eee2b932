import type { Command } from 'commander';
import { isLocalDate } from '../../domain/dates.js';
import { notation, type PlanPeriod, type Schedule } from '../../domain/schedule.js';
import { readTimeframe } from '../../domain/wording/read.js';
import type { Terminal } from './terminal.js';

/** Adds `letopis wording`. */
export function wordingCommand(program: Command, terminal: Terminal): void {
  program
    .command('wording')
    .description('read timeframes from standard input, one per line, and print how each is interpreted')
    .addHelpText(
      'after',
      `
Columns, parted by tabs, without a heading: id, wording (⏎ for a line break), first and last day of the plan
(YYYY-MM-DD, or both empty), heading above the row. Printed are id, kind, interpretation, confidence, alternatives
(kind:interpretation, parted by « | ») and flags (parted by commas).`,
    )
    .action(() => terminal.sayOfRows(readRow));
}

function readRow([id = '', phrase = '', start = '', end = '', heading = '']: readonly string[]): string[] {
  const { schedule, confidence, alternatives, flags } = readTimeframe(phrase, periodOf(id, start, end), heading);
  const { kind, interpretation } = notation(schedule);
  return [id, kind, interpretation, confidence, alternatives.map(inWords).join(' | '), flags.join(',')];
}

function periodOf(id: string, start: string, end: string): PlanPeriod | null {
  if (start === '' && end === '') return null;
  if (!isLocalDate(start) || !isLocalDate(end) || start > end) {
    throw new Error(
      `row ${id}: «${start}» and «${end}» are no first and last day: write them as 2020-09-01 2021-08-31`,
    );
  }
  return { start, end };
}

function inWords(schedule: Schedule): string {
  const { kind, interpretation } = notation(schedule);
  return `${kind}:${interpretation}`;
}
