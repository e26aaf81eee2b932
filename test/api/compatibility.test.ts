import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges } from 'graphql';
import { schemaText } from '../../src/graphql/schema.js';

const RELEASED = new URL('../fixtures/api/schema-1.0.0.graphql', import.meta.url);
const CHANGELOG = new URL('../../docs/api-changelog.md', import.meta.url);

it('the schema breaks no client of the last version, unless docs/api-changelog.md names the change', () => {
  const [before, now] = [buildSchema(readFileSync(RELEASED, 'utf8')), buildSchema(schemaText())];
  const changelog = readFileSync(CHANGELOG, 'utf8');
  const unnamed = findBreakingChanges(before, now).filter(({ description }) => !changelog.includes(description));
  expect(unnamed.map(({ description }) => description)).toEqual([]);
});
