import type { Command } from 'commander';
import type { Bilingual } from '../../domain/language.js';
import { printOf } from '../../domain/personal.js';
import { kindNotation, readResponsible } from '../../domain/wording/responsible.js';
import { ownPartyCells } from '../operations/wordings.js';
import { type OwnAsked, ownAsked, type ReadingFlags } from './ownReadings.js';
import { tableCell } from './tableCell.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

/** Adds `letopis parties`, which prints the responsible parties that the rules read in a cell. */
export function partiesCommand(program: Command, terminal: Terminal): void {
  program
    .command('parties')
    .description(
      'read cells of responsible parties from standard input and print the parties of each; or list what an organisation means by them',
    )
    .option('--own <organisation>', 'list the cells whose parties an organisation has settled')
    .option('--withdraw <cell>', 'with --own: keep the parties of this cell no longer')
    .option(...DATA)
    .addHelpText('after', terminal.text(COLUMNS_OF_CELLS))
    .action((flags: ReadingFlags) => runParties(terminal, flags));
}

const COLUMNS_OF_CELLS: Bilingual = {
  ru: `
Столбцы через табуляцию, без заголовка: id, ячейка (⏎ — перенос строки). Печатаются id, исполнители списком имён JSON и
их виды списком JSON: org, unit, role, group или person, с +agreement или +joint, где так отмечено.
С --own вместо id печатается сама ячейка.`,
  en: `
Columns, parted by a tab, without a heading: id, cell (⏎ for a line break). Printed are id, the parties as a JSON list
of names and their kinds as a JSON list: org, unit, role, group or person, with +agreement or +joint where so marked.
With --own the cell itself is printed in place of the id.`,
};

async function runParties(terminal: Terminal, flags: ReadingFlags): Promise<void> {
  const own = ownAsked(flags, { ru: 'ячейка', en: 'cell' });
  if (own) await listCells(terminal, own, flags);
  else await terminal.sayOfRows(readResponsibleRow);
}

async function listCells(terminal: Terminal, own: OwnAsked, flags: Flags): Promise<void> {
  const { cells } = await terminal.perform(flags, ownPartyCells, own);
  const { withdraw } = own;
  if (withdraw !== null) {
    terminal.warn({
      ru: `Ответственные «${withdraw}» больше не хранятся. Что с ними прочитано раньше, не меняется`,
      en: `The parties of «${withdraw}» are no longer kept. What was read with them before does not change`,
    });
  }
  for (const { text, parties } of cells) {
    terminal.say(
      [
        tableCell(text),
        JSON.stringify(parties.map(({ name }) => name)),
        JSON.stringify(parties.map(({ kind }) => kind)),
      ].join('\t'),
    );
  }
}

function readResponsibleRow([id = '', cell = '']: readonly string[]): string[] {
  const { parties } = readResponsible(cell);
  return [id, JSON.stringify(parties.map(({ name }) => printOf(name))), JSON.stringify(parties.map(kindNotation))];
}
