import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { SYSTEM } from '../../access/principals.js';
import { planProof, proofNames } from '../../application/proof/planProof.js';
import { OperationRefused, operation } from './operation.js';
import { knownPlan } from './plan.js';

/** Writes the history of a plan with its proofs to a page. */
export const exportProof = operation({
  name: 'exportProof',
  input: z.object({ planId: z.string(), names: z.boolean() }),
  progress: z.never(),
  result: z.object({ page: z.string(), events: z.number() }),
  open: { following: false },
  async *run({ services }, { planId, names: isShown }) {
    const { events, proofs, vault, readings, clock, version } = services;
    const { uuid } = await knownPlan(services, planId);
    if (!proofs)
      throw new OperationRefused({
        ru: `подписанного журнала нет: летопись хранится в ${events.engine}`,
        en: `there is no signed log: the chronicle lies in ${events.engine}`,
      });
    const read = new Set<string>();
    const proof = await planProof({
      planId: uuid,
      events,
      proofs,
      version,
      turn: () => nextTurn(),
      namesOf: (names) => proofNames(vault, names, isShown, (subject) => read.add(subject)),
    });
    if (!proof) {
      throw new OperationRefused({
        ru: 'последние события этого плана ещё не подписаны: работающий сервер подписывает их за секунду; запустите сервер и повторите',
        en: 'the last events of this plan are not signed yet: a running server signs them within a second; start the server and try again',
      });
    }
    await readings.record(SYSTEM.id, 'document', read, clock());
    return { page: proof.page, events: proof.events };
  },
});
