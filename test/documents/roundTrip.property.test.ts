import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exportedPlan } from '../../src/application/exporting.js';
import type { ExportFormat } from '../../src/documents/printing/formats.js';
import { previewOf } from '../../src/documents/printing/preview.js';
import { printedPaper } from '../../src/documents/printing/printedPaper.js';
import { readDocument } from '../../src/documents/read.js';
import { type NamedPerson, type PrintedText, printWith } from '../../src/domain/personal.js';
import type { ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import { given, importOf, planAfter, readSampleFile, sealed } from '../support/domain.js';
import { importedPlans } from '../support/importedPlans.js';
import { readTextPlan } from '../support/textPlan.js';

/** Formats that contain a whole plan; csv has no stamps. */
const FORMATS: readonly ExportFormat[] = ['docx', 'html', 'xlsx', 'csv'];

const print = (text: PrintedText) => printWith(text, ({ sealed: name }) => name);

/** Returns the parts that must be read back: all printed texts, with white space folded. */
function structure(of: ImportedPlan<NamedPerson>, withStamps: boolean) {
  const { title, period, organization, unit, approvals, sections } = previewOf(of);
  return {
    ...{ title, period, organization, unit },
    // The approving stamp is printed last, at the right, whatever its place was.
    approvals: withStamps ? [...approvals].sort((a, b) => (a.kind < b.kind ? -1 : 1)) : [],
    sections: sections.map(({ numberText, title: name, activities }) => ({
      ...{ numberText, name },
      rows: activities.map(({ number, title: head, text, subItems, timeframeText, responsible, extras = {} }) => ({
        ...{ number, head, text, subItems, timeframeText, responsible, extras },
      })),
    })),
  };
}

async function exported(of: ImportedPlan<NamedPerson>, format: ExportFormat) {
  const fold = planAfter(
    given()
      .when(importOf(sealed(of)))
      .events(),
  );
  const none = { month: null, report: null, day: null, compare: null, party: null };
  const events = { readStream: async () => [] };
  const source = { planId: 'p', plan: fold, events, now: '2020-10-15T07:00:00Z', print, press: printedPaper };
  return exportedPlan(source, { format, execution: false, ...none });
}

describe.each(FORMATS)('a plan exported as %s and imported again', (format) => {
  it('is the sample plan again', async () => {
    const sample = readTextPlan(readSampleFile());
    const file = await exported(sample, format);
    const again = await readDocument(file.content, file.name);
    expect(structure(again.plan, format !== 'csv')).toEqual(structure(sample, format !== 'csv'));
  });

  it('has the structure that it had', async () => {
    await fc.assert(
      fc.asyncProperty(importedPlans, async (original) => {
        const file = await exported(original, format);
        const again = await readDocument(file.content, file.name);
        expect(structure(again.plan, format !== 'csv')).toEqual(structure(original, format !== 'csv'));
      }),
      { numRuns: Number(process.env.LETOPIS_ROUND_TRIPS ?? (format === 'docx' ? 60 : 30)) },
    );
  });
});
