import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ACCESS, LOG_AGGREGATE, ORGANISATIONS, PERSONS, PLANS } from '../../src/application/aggregates.js';
import { statementsIn } from './protocol.js';
import { PROTOCOL_CHECKS } from './protocolChecks.js';

const PAGE = readFileSync(new URL('../../PROTOCOL.md', import.meta.url), 'utf8');

describe('PROTOCOL.md', () => {
  it('names every stream that the log covers', () => {
    const [, paragraph = ''] = /The log covers all streams of the chronicle: ([\s\S]*?)\n\n/.exec(PAGE) ?? [];
    const named = [...paragraph.matchAll(/`(?<stream>[a-z]+(?:-<id>)?)`/g)].map(({ groups }) => groups?.stream);
    const streams = [PLANS, ORGANISATIONS, ACCESS, PERSONS, LOG_AGGREGATE].map(({ stream }) => stream('<id>'));
    expect(named.toSorted()).toEqual(streams.toSorted());
  });

  it('has a check for each statement, and no check without a statement', () => {
    const statements = statementsIn(PAGE);
    const checksOf = (statement: string) => PROTOCOL_CHECKS.filter(([beginning]) => statement.startsWith(beginning));
    const wrong = statements.filter((statement) => checksOf(statement).length !== 1);
    expect({ wrong, count: statements.length }).toEqual({ wrong: [], count: PROTOCOL_CHECKS.length });
  });

  it.each(PROTOCOL_CHECKS)('«%s»: its check is a case of a test', (_, check) => {
    if ('advice' in check) return expect(check.advice).not.toBe('');
    const source = readFileSync(new URL(`../${check.file}`, import.meta.url), 'utf8');
    expect(source).toContain(check.case);
  });
});

it('statements of a page are its sentences, list items, rows and samples', () => {
  const page = [
    '# Head\n\nOne is. Two\nis (2.1.\nfollows). `Three` is:',
    '- four. Five\n  is.\n- six',
    '| a | b |\n| --- | --- |\n| seven | 7 |\n| eight | 8 |',
    '```\nnine\n```',
  ].join('\n\n');
  expect(statementsIn(page)).toEqual([
    ...['One is.', 'Two is (2.1. follows).', '`Three` is:', '- four.', 'Five is.', '- six'],
    ...['| seven | 7 |', '| eight | 8 |', '``` nine ```'],
  ]);
});
