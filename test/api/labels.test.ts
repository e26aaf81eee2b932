import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isEnumType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { startServer, type TestServer } from '../support/server.js';

/** Enums without labels, with the reason. */
const UNLABELLED: readonly (readonly [RegExp, string])[] = [
  [/Order(Field|Direction)$|^MonitoringGroupBy$/, 'a choice of a program'],
  [/^(EventType|EditionItemKind|ChangeKind|TextChange)$/, 'entries and items have sentences'],
  [/^(ErrorCode|UserErrorCode|RefusedCode|IrregularityCode|TimeframeFlag)$/, 'errors and remarks have sentences'],
  [/^(FigureUnit|CredentialKind|SignInWay|ReadWay|ActingRole|LegalGround)$/, 'for operators, or the unit of a figure'],
  [/^(AccessStatus|DeliveryStatus|LogProblem|SessionEventKind|WitnessProblem|Writing)$/, 'for operators'],
];

const Labels = z.object({
  labels: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.string(), ru: z.string(), en: z.string() })),
    }),
  ),
});

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off' });
});
afterAll(() => server.close());

describe('labels', () => {
  it('has the words for every value of each enum that people read', async () => {
    const { labels } = await server.read(Labels, '{ labels { name values { value ru en } } }', { key: 'dashboard' });
    const enums = Object.values(schema().getTypeMap())
      .filter(isEnumType)
      .filter(({ name }) => !name.startsWith('__') && !UNLABELLED.some(([pattern]) => pattern.test(name)));
    expect(labels.map(({ name }) => name).toSorted()).toEqual(enums.map(({ name }) => name).toSorted());
    for (const { name, values } of labels) {
      const expected = enums
        .find((type) => type.name === name)
        ?.getValues()
        .map((value) => value.name);
      expect([name, values.map(({ value }) => value)]).toEqual([name, expected]);
      for (const { ru, en } of values) {
        expect([name, ru]).toEqual([name, expect.stringMatching(/^[^A-Za-z]*[а-яё][^A-Za-z]*$/i)]);
        expect([name, en]).toEqual([name, expect.not.stringMatching(/[а-яё]/i)]);
      }
    }
  });
});
