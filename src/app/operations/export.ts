import { z } from 'zod';
import { extractHtml, extractText } from '../../documents/printing/extract.js';
import { extractOf, isMonth } from '../../domain/extract.js';
import { type PrintedText, printWith } from '../../domain/personal.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** Prints what of a plan there is to do in a month. */
export const exportPlan = operation({
  name: 'export',
  input: z.object({ planId: z.string(), month: z.string(), format: z.enum(['text', 'html']) }),
  progress: z.never(),
  result: z.object({ content: z.string() }),
  open: { following: false },
  async *run({ services }, { planId, month, format }) {
    if (!isMonth(month)) throw new OperationRefused(`«${month}» is no month: write it as 2020-10`);
    const plan = await services.planOf(uuidOf(planId, 'plan'));
    if (!plan)
      throw new OperationRefused(`there is no plan ${planId}: \`{ plans { nodes { id title } } }\` lists them`);
    await services.vault.learn(plan);
    const print = (text: PrintedText) => printWith(text, (person) => services.vault.open(person) ?? 'удалено');
    const extract = extractOf(plan, month);
    return { content: format === 'html' ? extractHtml(extract, print) : extractText(extract, print) };
  },
});
