import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { printOf } from '../../domain/personal.js';
import { readResponsible } from '../../domain/wording/responsible.js';
import { say } from './shared.js';

/** `letopis parties` */
export function partiesCommand(program: Command): void {
  program
    .command('parties')
    .description('read cells of responsible parties from standard input, one a line, and print whom each names')
    .addHelpText(
      'after',
      `
Columns, parted by a tab, without a heading: id, cell (⏎ for a line break). Printed are id, the parties as a JSON list
of names and their kinds as a JSON list: org, unit, role, group or person, with +agreement or +joint where so marked.`,
    )
    .action(async () => {
      for (const line of (await text(process.stdin)).split(/\r?\n/)) if (line !== '') say(readLine(line));
    });
}

function readLine(line: string): string {
  const [id = '', cell = ''] = line.split('\t');
  const { parties } = readResponsible(cell.replaceAll('⏎', '\n'));
  const kinds = parties.map(
    ({ kind, agreement, joint }) => `${kind}${agreement ? '+agreement' : ''}${joint ? '+joint' : ''}`,
  );
  return [id, JSON.stringify(parties.map(({ name }) => printOf(name))), JSON.stringify(kinds)].join('\t');
}
