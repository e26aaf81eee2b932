import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusalSentence } from '../../src/application/refusalSentences.js';
import { isLocalDate } from '../../src/domain/dates.js';
import { decide } from '../../src/domain/decide.js';
import { evolve, replay } from '../../src/domain/evolve.js';
import type { Plan } from '../../src/domain/plan.js';
import { moves } from '../domain/moves.js';
import { approvedOf, draftOf } from '../support/domain.js';

const beginnings = fc.constantFrom(
  replay([]),
  replay(draftOf('сентябрь 2020 г.', 'ежемесячно')),
  replay(approvedOf('сентябрь 2020 г.', '1 раз в квартал', 'ноябрь 2020 г.')),
);

it('every refusal is a whole sentence in both languages: nothing in it is left open', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(beginnings, fc.array(moves, { maxLength: 30, size: 'max' }), (beginning, sequence) => {
      let plan: Plan = beginning;
      for (const { command, circumstances } of sequence) {
        const decision = decide(plan, command, circumstances);
        if (decision.kind === 'accepted') {
          plan = decision.events.reduce<Plan>(evolve, plan);
          continue;
        }
        seen.add(decision.refusal.code);
        // Another layer fills in this value.
        const refusal = {
          ...decision.refusal,
          params: { plan: 'plan_1', commandId: 'c-1', ...decision.refusal.params },
        };
        for (const language of ['ru', 'en'] as const) {
          const sentence = refusalSentence(refusal, language);
          expect({ refusal, sentence }).toEqual({
            refusal,
            sentence: expect.stringMatching(/^[«А-ЯЁA-Z].*[.:)]$|^.*\.$/s),
          });
          expect(sentence).not.toMatch(/\{\w+\}|\(\)|: \.|\s{2}/);
        }
        // Days are in Russian form in Russian. A text that is not a day, such as 2020-02-30, is not changed.
        const isoDays = refusalSentence(refusal, 'ru').match(/\d{4}-\d\d-\d\d/g) ?? [];
        expect(isoDays.filter(isLocalDate)).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
  // Which ones is chance; some twenty are always among them.
  expect(seen.size).toBeGreaterThan(20);
});
