import { z } from 'zod';
import { checkExport, exportedPlan } from '../../application/exporting.js';
import { ExportRefused } from '../../application/exportRefused.js';
import { OPERATOR } from '../../documents/isolated.js';
import { EXPORT_FORMATS } from '../../documents/printing/formats.js';
import type { PaperToPrint } from '../../documents/printing/paperToPrint.js';
import { OperationRefused, operation } from './operation.js';
import { knownPlan } from './plan.js';

/** Exports a plan document, an extract, a report or a comparison. The content of the result is base64. */
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
      const { uuid, plan, print, noteReadings } = await knownPlan(services, planId);
      const { events } = services;
      const press = (paper: PaperToPrint) => services.documents.print(paper, OPERATOR);
      const file = await exportedPlan({ planId: uuid, plan, events, now: services.clock(), print, press }, options);
      await noteReadings();
      return { name: file.name, content: Buffer.from(file.content).toString('base64') };
    } catch (error) {
      throw error instanceof ExportRefused ? new OperationRefused(error.text, { cause: error }) : error;
    }
  },
});
