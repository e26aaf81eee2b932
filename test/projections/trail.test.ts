import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ACCESS_POLICY, COMMAND_POLICY, ORGANISATION_POLICY, PERSON_POLICY } from '../../src/application/policy.js';
import { auditSentence } from '../../src/application/sentences.js';
import { fieldLabel, hasLabel } from '../../src/documents/printing/fieldLabels.js';
import { fieldInWords, isShownField } from '../../src/documents/printing/fieldValues.js';
import { EVENT_TYPES, presentVersion } from '../../src/domain/recorded.js';
import { LOG_PROBLEMS } from '../../src/engine/signing/acceptance.js';
import { auditBody } from '../../src/projections/auditTrail.js';
import { fieldChanges } from '../../src/projections/differences.js';
import { changedBy } from '../support/trail/changedBy.js';
import { fieldsOf, leavesOf } from '../support/trail/leaves.js';
import { Ledger } from '../support/trail/ledger.js';
import { everyOtherCommand } from '../support/trail/others.js';
import { everyPlanCommand } from '../support/trail/plans.js';

/** Stored fields that no change shows, with the reason. */
const NOT_SHOWN: readonly (readonly [RegExp, string])[] = [
  [/^\w+\.(activityId|requestId|webhookId)$/, 'names the thing: in the path of a change, or in the entry'],
  [/^Section\w+\.sectionId$/, 'names the section: in the path of a change'],
  [/^(CompletionWithdrawn|DeadlineMissed)\.pointId$/, 'names the control point: in the path of a change'],
  [/\.schedule\.kind$/, 'the first word of the schedule, which is shown; another kind has other fields'],
  [/\.timeframe\.(alternatives|flags|confidence|rules)\b/, 'how sure the rules are of the schedule, which is shown'],
  [/\.responsible\.parties\b/, 'what the rules read in the printed text, which is shown; stated parties are shown'],
  [/\.responsible\.statedBy$/, 'stated parties are shown'],
  [/\.references\b/, 'the documents that the text names; the text is shown'],
  [/\.(irregularities|source|reader)\b/, 'what the reader of the document noticed; the name of its file is shown'],
  [/^PlanDrafted\.importing\./, 'the file, which PlanImported shows, and the number of events of the import'],
  [/^PlanImported\.(activities|sections)$/, 'counts the entries of the same import; in the sentence'],
  [/^PlanImportAbandoned\.events$/, 'an import that was not complete is not visible, and has no entry'],
  [/^PlanCopied\.(activities|unfinished|questions)$/, 'counts what the entries of the same copy show; in the sentence'],
  [/^PlanCopied\.from\./, 'shown by PlanDrafted of the same copy'],
  [/^ActivityCompleted\.dueOn$|^ReportSubmitted\.points\.dueOn$/, 'the day due by the schedule then, which is shown'],
  [/\.noticesFrom$/, 'the local day of the entry'],
  [/^PlanAgreed\.step$/, 'the step of the route with the post of the stamp, which is shown'],
  [/^PlanAmended\.(amendedOn|basis|reason)\b/, 'when, why and on which order: fields of the entry'],
  [/\.(submittedBy|requestedBy)$/, 'the actor of the entry'],
  [/^AccountableConfirmed\.accountable\.by$/, 'shown by its value: the key of the party, or the owner'],
  [/^PeriodReportIssued\.(edition|figures|notDone)\b/, 'follows from the plan on that day; in the report'],
  [/^OrganisationReportIssued\.(figures|organisations)\b/, 'follows from the plans on that day; in the report'],
  [/\.order$/, 'a key by which rows are sorted: the sentence says that a row was moved, its section is shown'],
  [/\.credential\.(kind|lookup|hash)$/, 'means nothing to a reader; the beginning of a key, or the issuer, is shown'],
  [/^SignInUnlinked\.credential\.issuer$/, 'names the login: in the path of a change'],
];
const isNotShown = (path: string) => NOT_SHOWN.some(([pattern]) => pattern.test(path));

/** Fields whose values are for programs, such as ids and hashes, or contain Roman numerals from a document. */
const LATIN =
  /\b(?:\w+Ids?|sha256|root|key|url|timeZone|eventTypes|fileName|scope|numberText|note|periodText|formerIds\[\d+\])$/;
const isText = (part: unknown): part is string => typeof part === 'string';

const ledger = new Ledger();
everyPlanCommand(ledger);
everyOtherCommand(ledger);

/** Every field of each type of event, as its present golden file has it. */
function storedFields(): string[] {
  return EVENT_TYPES.flatMap((type) => {
    const file = new URL(`../golden/${type}.v${presentVersion(type)}.json`, import.meta.url);
    const { data } = z
      .object({ event: z.object({ data: z.unknown() }) })
      .parse(JSON.parse(readFileSync(file, 'utf8'))).event;
    return [...new Set(fieldsOf(data, type))];
  });
}

describe('the audit trail', () => {
  it('is tested with every command and every type of event', () => {
    const commands = [COMMAND_POLICY, ORGANISATION_POLICY, ACCESS_POLICY, PERSON_POLICY].flatMap(Object.keys);
    expect([...ledger.given].toSorted()).toEqual(commands.toSorted());
    expect([...new Set(ledger.events.map(({ type }) => type))].toSorted()).toEqual(EVENT_TYPES);
  });

  it('is tested with a value in every stored field', () => {
    const reached = new Set(
      ledger.events.flatMap(({ type, data }) => [...leavesOf(data, type)].map(({ path }) => path)),
    );
    // The keys of printed columns and of own wordings are arbitrary printed texts.
    const isReached = (field: string) =>
      field.includes('.extras') || [...reached].some((path) => path === field || path.startsWith(`${field}.`));
    expect(storedFields().filter((field) => !isReached(field) && !isNotShown(field))).toEqual([]);
  });

  it('shows every stored field among the changes of its entry, or says here why not', () => {
    const hidden = new Set<string>();
    for (const change of ledger.changes) {
      const { type, data } = change.recorded.event;
      const shown = JSON.stringify(fieldChanges(change).filter(isShownField));
      for (const { path, changed } of leavesOf(data, type)) {
        if (isNotShown(path)) continue;
        const other = changedBy(change, changed);
        // A value is shown if another value would give other changes.
        if (!other || JSON.stringify(fieldChanges(other).filter(isShownField)) === shown) hidden.add(path);
      }
    }
    expect([...hidden].toSorted()).toEqual([]);
  });

  it('gives a reason for fields that exist', () => {
    const paths = ledger.events.flatMap(({ type, data }) => [...leavesOf(data, type)].map(({ path }) => path));
    expect(NOT_SHOWN.filter(([pattern]) => !paths.some((path) => pattern.test(path)))).toEqual([]);
  });

  it('labels every changed field in both languages', () => {
    const paths = new Set(ledger.changes.flatMap((change) => fieldChanges(change).map(({ path }) => path)));
    expect(paths.size).toBeGreaterThan(100);
    expect([...paths].filter((path) => !hasLabel(path))).toEqual([]);
    expect(fieldLabel('activities[a1].order', 'ru')).toBe('порядок');
    expect(fieldLabel('activities[a1].timeframe.text', 'ru')).toBe('срок: текст');
    expect(fieldLabel('activities[a1].timeframe.text', 'en')).toBe('term: text');
    expect(fieldLabel('stamps[1].document.date', 'ru')).toBe('гриф 2: документ: дата');
    expect(fieldLabel('wordings.2 изд. в мес.schedule.time', 'ru')).toBe(
      'принятое понимание срока: 2 изд. в мес: смысл срока: время',
    );
  });

  it('says every value in Russian, but what people wrote and what names a thing for programs', () => {
    const values = ledger.changes.flatMap((change) =>
      fieldChanges(change)
        .filter((field) => isShownField(field) && !LATIN.test(field.path))
        .flatMap(({ path, before, after }) =>
          [before, after].map(
            (value) => `${path}: ${value ? fieldInWords(path, value, 'ru').filter(isText).join('') : ''}`,
          ),
        ),
    );
    expect(values.length).toBeGreaterThan(500);
    const valuesOnly = (line: string) => line.slice(line.indexOf(': ') + 2);
    expect(values.filter((line) => /[A-Za-z]|\d{4}-\d\d/.test(valuesOnly(line).replace('(UTC)', '')))).toEqual([]);
  });

  it('gives the ids of plans, organisations and access as the API does', () => {
    const ids = ledger.changes.flatMap((change) =>
      fieldChanges(change)
        .filter(({ path }) => /(?:\bscope|Ids?(?:\[\d+\])?)$/.test(path) && !/(?:pointId|externalId)$/.test(path))
        .flatMap(({ path, before, after }) =>
          [before, after].flatMap((value) => (value ? [`${path}: ${fieldInWords(path, value, 'en').join('')}`] : [])),
        ),
    );
    expect(ids.length).toBeGreaterThan(5);
    const isGlobal = /: (?:of all organisations|(?:(?:organisation|plan|access)_[\w-]+(?:, )?)+)$/;
    expect(ids.filter((line) => !isGlobal.test(line))).toEqual([]);
  });

  it('names the row of each outcome of a closed plan, and control points by their numbers', () => {
    const closed = ledger.changes.filter(({ recorded }) => recorded.event.type === 'PlanClosed');
    const rows = closed.flatMap((change) =>
      fieldChanges(change).flatMap(({ path, after }) => (path.endsWith('].activity') && after ? [after] : [])),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(([text]) => !/^\d+\. /.test(String(text)))).toEqual([]);
    expect(fieldInWords('activities[a3].reports[a3.r1].points', ['a3.1, a3.12'], 'ru')).toEqual(['1, 12']);
    expect(fieldInWords('activities[a4].progress[a4.p1].pointId', ['a4.2'], 'en')).toEqual(['2']);
  });

  it('says every sentence without a word of the machine, in both languages', () => {
    const bodies = ledger.changes.map(auditBody);
    const russian = bodies.map((body) => auditSentence(body, 'ru'));
    const english = bodies.map((body) => auditSentence(body, 'en'));
    const written = /«[^»]*»|https:\S*|план\.docx/g;
    expect(russian.filter((text) => /[A-Za-z]/.test(text.replace(written, '')))).toEqual([]);
    expect(english.filter((text) => /[A-Z]{2}|[a-z][A-Z]|_/.test(text.replace(written, '')))).toEqual([]);
  });

  it('says a value of a field in both languages, and leaves what people wrote in a column', () => {
    const inBoth = (path: string, value: string) =>
      (['ru', 'en'] as const).map((each) => fieldInWords(path, [value], each)[0]);
    expect(inBoth('activities[a1].requests[q1].status', 'GRANTED')).toEqual(['разрешено', 'granted']);
    expect(inBoth('activities[a1].timeframe.schedule', 'recurring RRULE:FREQ=MONTHLY;BYDAY=4TH')).toEqual([
      'каждый 4-й четверг месяца',
      'every 4th Thursday of the month',
    ]);
    expect(LOG_PROBLEMS.filter((problem) => inBoth('problem', problem)[0] === problem)).toEqual([]);
    expect(inBoth('activities[a1].extras.status', 'OPEN')).toEqual(['OPEN', 'OPEN']);
  });

  it('names the section of a row in other words than a section that goes', () => {
    const labelsOf = (type: string) =>
      ledger.changes
        .filter(({ recorded }) => recorded.event.type === type)
        .flatMap((change) => fieldChanges(change).map(({ path }) => fieldLabel(path, 'ru')));
    expect(labelsOf('ActivityExcluded')).toEqual(['исключено']);
    expect(labelsOf('SectionRemoved')).toContain('раздел: название');
    expect(labelsOf('ActivityRemoved')).toContain('в разделе');
    expect(labelsOf('ActivityRemoved').filter((label) => label.startsWith('раздел'))).toEqual([]);
  });

  it('has sentences with Russian dates in Russian', () => {
    const sentences = ledger.changes.map((change) => auditSentence(auditBody(change), 'ru'));
    expect(sentences.filter((sentence) => /\d\d\.\d\d\.\d{4}/.test(sentence)).length).toBeGreaterThan(5);
    expect(sentences.filter((sentence) => /\d{4}-\d\d/.test(sentence))).toEqual([]);
  });
});
