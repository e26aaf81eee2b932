import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { ACCESS, LOG_AGGREGATE, ORGANISATIONS, PERSONS, PLANS } from '../../src/application/subjects.js';

const PAGE = readFileSync(new URL('../../PROTOCOL.md', import.meta.url), 'utf8');

it('PROTOCOL.md names every stream that the log covers', () => {
  const [, paragraph = ''] = /The log covers all streams of the chronicle: ([\s\S]*?)\n\n/.exec(PAGE) ?? [];
  const named = [...paragraph.matchAll(/`(?<stream>[a-z]+(?:-<id>)?)`/g)].map(({ groups }) => groups?.stream);
  const streams = [PLANS, ORGANISATIONS, ACCESS, PERSONS, LOG_AGGREGATE].map(({ stream }) => stream('<id>'));
  expect(named.toSorted()).toEqual(streams.toSorted());
});
