import { z } from 'zod';
import { SYSTEM } from '../../access/principals.js';
import { correctionRequest, revisionCommand } from '../../application/importing.js';
import { refusalInBoth } from '../../application/refusalSentences.js';
import { comparer, OPERATOR } from '../../documents/isolated.js';
import { revisionLines } from '../../documents/printing/revision.js';
import { nameReader } from '../../domain/personal.js';
import { LANGUAGES, nothingChanged, prefixed } from '../bilingual.js';
import { whyUnread } from '../unreadDocument.js';
import { ColumnsRecord } from './columns.js';
import { OperationRefused, operation } from './operation.js';
import { knownPlan } from './plan.js';

/** Why the command line changes no approved plan. */
const APPROVED = {
  ru: 'План утверждён: его меняют с причиной и основанием, на странице («Внести правки из файла») или через amendFromDocument.',
  en: 'The plan is approved: it is changed with a reason and a basis, on the page («Внести правки из файла») or by amendFromDocument.',
};

/** Compares a plan with a document. Returns the differences, and applies them to a draft unless `dryRun` is true. */
export const reviseFromDocument = operation({
  name: 'revise',
  input: z.object({
    planId: z.string(),
    fileName: z.string(),
    content: z.string(),
    columns: ColumnsRecord,
    dryRun: z.boolean(),
    language: z.enum(LANGUAGES),
  }),
  progress: z.never(),
  result: z.object({ differences: z.array(z.string()), events: z.number() }),
  open: {},
  writes: true,
  async *run({ services }, { planId, fileName, content, columns, dryRun, language }) {
    const { uuid, plan, print, noteReadings } = await knownPlan(services, planId);
    const file = { bytes: Buffer.from(content, 'base64'), fileName, columns };
    const compare = comparer(services.documents, OPERATOR);
    const request = await correctionRequest(compare, plan, nameReader(services.vault), file);
    if ('problem' in request) throw new OperationRefused(nothingChanged(whyUnread(request)));
    const { correction } = request;
    const differences = revisionLines(plan, [...correction.changes, ...correction.notAmendable], print, language);
    await noteReadings();
    if (dryRun || differences.length === 0) return { differences, events: 0 };
    if (correction.kind === 'amendment') throw new OperationRefused(nothingChanged(APPROVED));
    const result = await services.handler.handle({
      id: uuid,
      principal: SYSTEM,
      commandId: null,
      payload: null,
      expectedRevision: plan.eventCount - 1,
      reason: null,
      basis: null,
      effectiveOn: null,
      command: (seal) => revisionCommand(correction, seal),
    });
    if (result.kind === 'refused') {
      const { refusal } = result;
      const at = Number(/^changes\.(\d+)/.exec(refusal.field ?? '')?.[1] ?? Number.NaN);
      const which = differences[at] === undefined ? '' : `${differences[at]}: `;
      throw new OperationRefused(nothingChanged(prefixed(which, refusalInBoth(refusal))));
    }
    return { differences, events: result.events.length };
  },
});
