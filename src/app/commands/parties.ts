import type { Command } from 'commander';
import type { Bilingual } from '../../domain/language.js';
import { printOf } from '../../domain/personal.js';
import { kindNotation, readResponsible } from '../../domain/wording/responsible.js';
import type { Terminal } from './terminal.js';

/** Adds `letopis parties`. */
export function partiesCommand(program: Command, terminal: Terminal): void {
  program
    .command('parties')
    .description('read cells of responsible parties from standard input, one per line, and print the parties of each')
    .addHelpText('after', terminal.text(COLUMNS_OF_CELLS))
    .action(() => terminal.sayOfRows(readResponsibleRow));
}

const COLUMNS_OF_CELLS: Bilingual = {
  ru: `
Столбцы через табуляцию, без заголовка: id, ячейка (⏎ — перенос строки). Печатаются id, исполнители списком имён JSON и
их виды списком JSON: org, unit, role, group или person, с +agreement или +joint, где так отмечено.`,
  en: `
Columns, parted by a tab, without a heading: id, cell (⏎ for a line break). Printed are id, the parties as a JSON list
of names and their kinds as a JSON list: org, unit, role, group or person, with +agreement or +joint where so marked.`,
};

function readResponsibleRow([id = '', cell = '']: readonly string[]): string[] {
  const { parties } = readResponsible(cell);
  return [id, JSON.stringify(parties.map(({ name }) => printOf(name))), JSON.stringify(parties.map(kindNotation))];
}
