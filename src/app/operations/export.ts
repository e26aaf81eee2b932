import { z } from 'zod';
import { checkExport, EXPORT_FORMATS, ExportRefused, exportedPlan } from '../../application/exporting.js';
import { type PrintedText, printWith } from '../../domain/personal.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** Prints a plan, or a paper about it; the content is base64. */
export const exportPlan = operation({
  name: 'export',
  input: z.object({
    planId: z.string(),
    format: z.enum(EXPORT_FORMATS),
    month: z.string().nullable(),
    execution: z.boolean(),
    report: z.string().nullable(),
    day: z.string().nullable(),
    compare: z.string().nullable(),
    party: z.string().nullable(),
  }),
  progress: z.never(),
  result: z.object({ name: z.string(), content: z.string() }),
  open: { following: false },
  async *run({ services }, { planId, ...options }) {
    try {
      checkExport(options);
      const uuid = uuidOf(planId, 'plan');
      const plan = await services.planOf(uuid);
      if (!plan) {
        throw new OperationRefused(`there is no plan ${planId}: \`{ plans { nodes { id title } } }\` lists them`);
      }
      await services.vault.learn(plan);
      const print = (text: PrintedText) => printWith(text, (person) => services.vault.open(person) ?? 'удалено');
      const { events } = services;
      const file = await exportedPlan({ planId: uuid, plan, events, now: services.clock(), print }, options);
      return { name: file.name, content: Buffer.from(file.content).toString('base64') };
    } catch (error) {
      throw error instanceof ExportRefused ? new OperationRefused(error.message, { cause: error }) : error;
    }
  },
});
