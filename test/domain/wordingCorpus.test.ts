import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { notation, type Schedule } from '../../src/domain/schedule.js';
import { readTimeframe } from '../../src/domain/wording/read.js';

/** Wordings of real plans, each with the meaning that a careful reader gave it and with its source in the last column. */
const ROWS = readFileSync('test/fixtures/wordings/timeframes.tsv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [id = '', phrase = '', start = '', end = '', heading = '', kind = '', interpretation = '', note = ''] =
      line.split('\t');
    return {
      ...{ id, phrase: phrase.replaceAll('⏎', '\n'), period: { start, end }, heading },
      main: `${kind} ${interpretation}`,
      /** The same said as a count. */
      equal: [...note.matchAll(/EQ=(\S+)/g)].map(([, count]) => `per-period-count ${count}`),
      others: [...note.matchAll(/ALT=([a-z-]+):(.*?)(?=; | ALT=| \(|$)/g)].map(([, of, what]) => `${of} ${what}`),
    };
  });

function inWords(schedule: Schedule): string {
  const { kind, interpretation } = notation(schedule);
  return `${kind} ${interpretation}`;
}

describe('the wordings of real plans', () => {
  it.each(ROWS)('$id «$phrase» is $main', ({ phrase, period, heading, main, equal, others }) => {
    const { schedule, alternatives, flags } = readTimeframe(phrase, period, heading);
    expect([main, ...equal]).toContain(inWords(schedule));
    expect(alternatives.map(inWords)).toEqual(expect.arrayContaining(others));
    if (others.length > 0) expect(flags).toContain('AMBIGUOUS');
  });

  it('are read the same without capitals, with «е» for «ё» and other dashes and spaces', () => {
    for (const { phrase, period, heading } of ROWS) {
      const { text: _, ...plain } = readTimeframe(phrase, period, heading);
      const typed = `  ${phrase.toUpperCase().replaceAll('Ё', 'Е').replaceAll('–', '—').replaceAll(' ', '  ')} `;
      expect(readTimeframe(typed, period, heading)).toEqual({ ...plain, text: typed });
    }
  });
});
