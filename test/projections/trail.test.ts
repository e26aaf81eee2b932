import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldLabel, hasLabel } from '../../src/application/fieldLabels.js';
import type { PrintedText } from '../../src/domain/personal.js';
import { PLAN_EVENTS } from '../../src/domain/plan/catalogue.js';
import type { StoredEvent } from '../../src/engine/eventstore/port.js';
import { fieldChanges } from '../../src/projections/differences.js';
import { FOLDING } from '../../src/projections/folding.js';
import type { Change } from '../../src/projections/model.js';
import { histories, played } from '../support/histories.js';

/** Parts of events that no change shows, with the reason. */
const NOT_SHOWN: readonly (readonly [RegExp, string])[] = [
  [
    /\.(activityId|sectionId|reportId|requestId)$|^DeadlineMissed\.pointId$/,
    'names the thing: in the path of a change, or in the entry',
  ],
  [/timeframe\.(alternatives|flags|confidence|rules|schedule)\b/, 'what the rules read in the wording, which is shown'],
  [/responsible\.parties\b/, 'what was read in the printed text, which is shown'],
  [/\.(references|irregularities|source)\b/, 'what the reader noticed about the document'],
  [
    /^PlanDrafted\.importing\.|^PlanImported\.(activities|sections)$|\.reader$/,
    'of the import: its file is shown, the rest is counted',
  ],
  [/^(ActivityCompleted|ReportSubmitted\.points)\.dueOn$|\.noticesFrom$/, 'follows from the schedule and the day'],
  [/^PeriodReportIssued\.(edition|figures|notDone)\b/, 'follows from the plan on that day'],
  [/^PlanAmended\.(amendedOn|basis|reason)\b/, 'stands beside the changes, in the entry itself'],
  [/\.(submittedBy|requestedBy)$/, 'the actor of the entry'],
  [/^AccountableConfirmed\.accountable\.by$/, 'shown by its value: the key of the party, or the owner'],
];

/** Events that these random histories do not get to: their fields are not checked here. */
const UNREACHED = [
  ...['PlanImportAbandoned', 'PlanCopied', 'PlanAssigned', 'SectionRemoved', 'PlanAgreed', 'PlanClosed'],
  ...['ProgressRecorded', 'CompletionWithdrawn', 'ReportWithdrawn', 'ReportAccepted', 'ReportReturned'],
  'RescheduleRefused',
];

/** All changes of random histories. */
function changesOf(runs: number): Change[] {
  const found: Change[] = [];
  for (const steps of fc.sample(histories, { numRuns: runs, seed: 27 })) {
    const folds = new Map<string, typeof FOLDING.nothing>();
    for (const { stream, firstRevision, events } of played(steps)) {
      for (const [index, event] of events.entries()) {
        const stored: StoredEvent = { ...event, stream, revision: firstRevision + index, position: '1' };
        const { after, told } = FOLDING.step(folds.get(stream) ?? FOLDING.nothing, stored);
        folds.set(stream, after);
        for (const { change } of told) if (change.of === 'plan') found.push(change);
      }
    }
  }
  return found;
}

const textOf = (text: PrintedText | null) =>
  (text ?? []).map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('');

function* leaves(value: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (value === null || value === undefined || value === '' || value === false) return;
  if (typeof value !== 'object') yield [path, String(value)];
  else
    for (const [key, item] of Object.entries(value))
      yield* leaves(item, Array.isArray(value) ? path : `${path}.${key}`);
}

/** Returns true if a text was in the plan before an event. */
function wasThere({ before }: Change, text: string): boolean {
  if (before.status === 'ABSENT') return false;
  const { details, activities, sections } = before;
  return JSON.stringify([details, [...activities.values()], [...sections.values()]]).includes(text);
}

describe('the audit trail', () => {
  const changes = changesOf(60);

  it('shows every stored field of every event of a plan among the changes of its entry', () => {
    const missing = new Set<string>();
    for (const change of changes) {
      const { type, data } = change.recorded.event;
      const shown = fieldChanges(change).flatMap(({ before, after }) => [textOf(before), textOf(after)]);
      for (const [path, text] of leaves(data, type)) {
        if (NOT_SHOWN.some(([pattern]) => pattern.test(path))) continue;
        // What an event repeats as it was is no change.
        if (!shown.some((each) => each.includes(text)) && !wasThere(change, text)) missing.add(path);
      }
    }
    expect([...missing].toSorted()).toEqual([]);
    const types = new Set<string>(changes.map(({ recorded }) => recorded.event.type));
    expect(
      Object.keys(PLAN_EVENTS)
        .filter((type) => !types.has(type))
        .toSorted(),
    ).toEqual(UNREACHED.toSorted());
  }, 120_000);

  it('labels every changed field in both languages', () => {
    const paths = new Set(changes.flatMap((change) => fieldChanges(change).map(({ path }) => path)));
    expect(paths.size).toBeGreaterThan(50);
    expect([...paths].filter((path) => !hasLabel(path))).toEqual([]);
    expect(fieldLabel('activities[a1].order', 'ru')).toBe('порядок');
    expect(fieldLabel('activities[a1].timeframe.text', 'ru')).toBe('срок: текст');
    expect(fieldLabel('activities[a1].timeframe.text', 'en')).toBe('term: text');
  }, 120_000);
});
