import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { notation, type Schedule, type Timeframe } from '../../src/domain/schedule.js';
import { readTimeframe } from '../../src/domain/wording/read.js';

/** Wordings of real plans, each with the meaning that a careful reader gave it. The source is in the last column. */
const ROWS = rowsOf('timeframes');
/** Wordings of such plans whose readings were written down before the rules could read them. */
const MORE = rowsOf('timeframes-2');
/** Wordings that were invented from knowledge of such plans. */
const STATED = rowsOf('timeframes-3');
const ALL = [...ROWS, ...MORE, ...STATED];

function rowsOf(name: string) {
  return readFileSync(`test/fixtures/wordings/${name}.tsv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [id = '', phrase = '', start = '', end = '', heading = '', kind = '', interpretation = '', note = ''] =
        line.split('\t');
      return {
        ...{ id, phrase: phrase.replaceAll('⏎', '\n'), period: { start, end }, heading },
        main: `${kind} ${interpretation}`,
        /** The same meaning in the notation of a count in each period. */
        equal: [...note.matchAll(/EQ=(\S+)/g)].map(([, count]) => `per-period-count ${count}`),
        others: [...note.matchAll(/ALT=([a-z-]+):(.*?)(?=; | ALT=| \(|$)/g)].map(([, of, what]) => `${of} ${what}`),
      };
    });
}

function inWords(schedule: Schedule): string {
  const { kind, interpretation } = notation(schedule);
  return `${kind} ${interpretation}`;
}

/** The residue is quoted as printed. */
function plainly({ residue, ...timeframe }: Timeframe) {
  return { ...timeframe, residue: residue?.toLowerCase() };
}

describe('the wordings of real plans', () => {
  it.each(ROWS)('$id «$phrase» is $main', ({ phrase, period, heading, main, equal, others }) => {
    const { schedule, alternatives, flags } = readTimeframe(phrase, period, heading);
    expect([main, ...equal]).toContain(inWords(schedule));
    expect(alternatives.map(inWords)).toEqual(expect.arrayContaining(others));
    if (others.length > 0) expect(flags).toContain('AMBIGUOUS');
  });

  it.each([...MORE, ...STATED])('$id «$phrase» is $main, or what a careful reader also finds', (row) => {
    const { schedule, confidence } = readTimeframe(row.phrase, row.period, row.heading);
    expect([row.main, ...row.equal, ...row.others]).toContain(inWords(schedule));
    if (row.main.startsWith('unknown')) expect(confidence).not.toBe('certain');
  });

  it('leave a doubt on few of the rows that have one meaning', () => {
    const plain = ALL.filter(({ others }) => others.length === 0);
    const read = plain.map(({ phrase, period, heading }) => readTimeframe(phrase, period, heading));
    const certain = read.filter(({ confidence }) => confidence === 'certain');
    const doubtful = read.filter(({ flags, alternatives }) => flags.includes('AMBIGUOUS') || alternatives.length > 0);
    expect(certain.length / plain.length).toBeGreaterThanOrEqual(0.9);
    expect(doubtful.length / plain.length).toBeLessThanOrEqual(0.03);
  });

  it('name nearly all of their other readings', () => {
    const listed = ALL.flatMap((row) => row.others.map((other) => ({ row, other })));
    const named = listed.filter(({ row: { phrase, period, heading }, other }) => {
      const { schedule, alternatives } = readTimeframe(phrase, period, heading);
      return [schedule, ...alternatives].map(inWords).includes(other);
    });
    expect(named.length / listed.length).toBeGreaterThanOrEqual(0.95);
    const unsure = ALL.filter(({ others }) => others.length > 0);
    const marked = unsure.filter(
      ({ phrase, period, heading }) => readTimeframe(phrase, period, heading).alternatives.length > 0,
    );
    expect(marked.length / unsure.length).toBeGreaterThanOrEqual(0.95);
  });

  it('are read the same without capitals, with «е» for «ё» and other dashes and spaces', () => {
    for (const { phrase, period, heading } of ALL) {
      const { text: _, ...plain } = plainly(readTimeframe(phrase, period, heading));
      const typed = `  ${phrase.toUpperCase().replaceAll('Ё', 'Е').replaceAll('–', '—').replaceAll(' ', '  ')} `;
      expect(plainly(readTimeframe(typed, period, heading))).toEqual({ ...plain, text: typed });
    }
  });
});
