import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { type VerifiedProof, verifyProof } from '../../src/app/operations/verifyProof.js';
import { version } from '../../src/app/version.js';
import { dayText, localTime } from '../../src/domain/dates.js';
import { bundleIn, embedded, pageAround, type ReadableBundle } from '../../src/engine/log/bundle.js';
import { leafHash } from '../../src/engine/log/merkle.js';
import { type NoteSigner, signerOf, verifierFrom } from '../../src/engine/log/note.js';
import { signedHistory, writerOf } from '../../src/engine/log/readableHistory.js';
import { letopis } from '../support/process.js';
import { exportedProof } from '../support/proofs.js';
import { runs } from '../support/runs.js';
import { removeDirectory, sampleOf, startServer, temporaryDirectory } from '../support/server.js';

const Entry = z.object({
  sentence: z.string(),
  recordedAt: z.string(),
  reason: z.string().nullable(),
  actor: z.object({ role: z.string(), post: z.string().nullable(), organisation: z.string().nullable() }),
  changes: z.array(z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
const Trail = z.object({ auditTrail: z.object({ nodes: z.array(Entry) }) });
const TRAIL = `query($planId: ID!, $at: Position) { auditTrail(filter: { planId: $planId }, first: 200, atLeast: $at) { nodes {
  sentence recordedAt reason actor { role post organisation } changes { label before after } } } }`;
const Both = z.object({ ru: z.string(), en: z.string() });
const Text = z.union([z.array(z.union([z.string(), z.object({ name: z.number() })])), Both]).nullable();
const Line = Entry.extend({
  sentence: Both,
  changes: z.array(z.object({ label: Both, before: Text, after: Text })),
});

/** The private key of the log, with which the tests sign what a lying server would. */
const LOG_KEY = leafHash('key of the log in this test');

let directory: string;
let data: string;
let planId: string;
let page: string;
let bundle: ReadableBundle;
/** The audit trail of the API in both languages, with a key that may not see names. */
let trail: { readonly ru: readonly z.infer<typeof Entry>[]; readonly en: readonly z.infer<typeof Entry>[] };

beforeAll(async () => {
  directory = await temporaryDirectory();
  data = join(directory, 'data');
  await mkdir(data);
  const server = await startServer({ directory: data, settings: { LETOPIS_LOG_KEY: LOG_KEY.toString('base64') } });
  const sample = await sampleOf(server);
  planId = sample.planId;
  const [activityId, pointIds] = [sample.activity(3), [sample.inPlan('point', 'a3.1')]];
  await server.done('submitReport', { activityId, pointIds, text: '</script><b>&', actualOn: '2020-10-01' });
  const asked = {
    activityId: sample.activity(7),
    reason: 'Вебинары перенесены',
    timeframe: { text: 'до 20 декабря 2020 г.' },
  };
  const { position: at } = await server.done('requestReschedule', asked);
  const inLanguage = async (language: 'ru' | 'en') =>
    (await server.read(Trail, TRAIL, { variables: { planId, at }, language, key: 'auditor' })).auditTrail.nodes;
  trail = { ru: await inLanguage('ru'), en: await inLanguage('en') };
  page = await exportedProof(data, planId);
  await server.close();
  bundle = readableIn(page);
}, 60_000);
afterAll(() => removeDirectory(directory));

function readableIn(text: string): ReadableBundle {
  const found = bundleIn(text);
  if (!('history' in found)) throw new Error('the proof has no readable history');
  return found;
}

/** Returns a file with another bundle in the same page. */
function withBundle(other: ReadableBundle): string {
  return page.replace(embedded(bundle), () => embedded(other));
}

function withHistory(history: Partial<ReadableBundle['history']>): string {
  return withBundle({ ...bundle, history: { ...bundle.history, ...history } });
}

const verified = (text: string, key?: string): Promise<VerifiedProof> =>
  verifyProof(Buffer.from(text), key === undefined ? undefined : verifierFrom(key), undefined);
const kindsIn = async (text: string, key?: string) => [
  ...new Set((await verified(text, key)).findings.map(({ kind }) => kind)),
];

/** Returns the text with the character at a place replaced by another one. */
function changedAt(text: string, place: number): string {
  return `${text.slice(0, place)}${text[place] === 'x' ? 'y' : 'x'}${text.slice(place + 1)}`;
}

describe('the readable history of a proof', () => {
  it('says of each event what the audit trail says, in both languages, with before and after', () => {
    const lines = bundle.history.lines.map((line) => Line.parse(JSON.parse(line)));
    const inLanguage = (language: 'ru' | 'en') =>
      lines.map(({ sentence, changes, actor, ...line }) => ({
        ...line,
        sentence: sentence[language],
        actor: { ...actor, role: actor.role.toUpperCase() },
        changes: changes.map(({ label, before, after }) => ({
          label: label[language],
          before: masked(before, language),
          after: masked(after, language),
        })),
      }));
    expect(lines.length).toBeGreaterThan(10);
    for (const language of ['ru', 'en'] as const) {
      expect(inLanguage(language)).toEqual(
        trail[language].map((entry) => ({
          ...entry,
          changes: entry.changes.map(({ label, before, after }) => ({
            label,
            before: unnamed(before),
            after: unnamed(after),
          })),
        })),
      );
    }
    expect(lines.some(({ changes }) => changes.some(({ before, after }) => before && after))).toBe(true);
  });

  it('stands on the page: sentence, author, time, before and after, and the hash of the event', () => {
    const shown = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const around = pageAround(page) ?? '';
    for (const [at, line] of bundle.history.lines.entries()) {
      const { sentence, changes, recordedAt } = Line.parse(JSON.parse(line));
      const { day, time } = localTime(recordedAt, 'Asia/Yekaterinburg');
      for (const text of [sentence.ru, sentence.en]) expect(around).toContain(shown(text));
      expect(around).toContain(`${dayText(day)} ${time}`);
      expect(around).toContain(leafHash(bundle.entries[at]?.entry ?? '').toString('base64'));
      for (const value of changes.flatMap(({ before, after }) => [before, after])) {
        const texts = value === null ? [] : 'ru' in value ? [value.ru, value.en] : value;
        for (const text of texts) if (typeof text === 'string') expect(around).toContain(shown(text));
      }
    }
    expect(around).toContain('<span lang="ru">администратор</span><span lang="en">administrator</span>');
  });

  it('is verified by the key of the log, line by line and with its page', async () => {
    const { findings, words } = await verified(page, bundle.keys.log);
    expect(findings).toEqual([]);
    expect(words).toMatchObject({ writer: `letopis ${version}`, isOurs: true, hasPage: true, unconfirmed: [] });
    expect(words?.lines).toBe(bundle.entries.length);
  });

  it('is verified in a JSON file too, which has no page', async () => {
    const element = embedded(bundle);
    const json = element.slice(element.indexOf('\n'), element.lastIndexOf('\n'));
    expect(await verified(json)).toMatchObject({ findings: [], words: { hasPage: false, isOurs: true } });
  });
});

/** Returns the text of a line with names masked like those of the API in {@link unnamed}. */
function masked(text: z.infer<typeof Text>, language: 'ru' | 'en'): string | null {
  if (text !== null && 'ru' in text) return text[language];
  return text?.map((part) => (typeof part === 'string' ? part : NAME)).join('') ?? null;
}

const NAME = '⟨name⟩';

function unnamed(text: string | null): string | null {
  return text?.replace(/Е\.Н\. Филатова|СВ Стапинов/g, NAME) ?? null;
}

describe('a readable history that was changed is found', () => {
  it('whichever character of a line, of the names or of the page is another one', async () => {
    const { lines, names } = bundle.history;
    const around = pageAround(page) ?? '';
    const start = page.indexOf(embedded(bundle));
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length + 1), fc.nat(), async (part, at) => {
        const line = lines[part];
        if (line !== undefined) {
          const other = lines.with(part, changedAt(line, at % line.length));
          expect(await verified(withHistory({ lines: other }))).toMatchObject({
            findings: expect.arrayContaining([
              { kind: 'changedLine', number: part + 1 },
              expect.objectContaining({ kind: 'otherLine', number: part + 1 }),
            ]),
          });
        } else if (part === lines.length) {
          expect(await kindsIn(withHistory({ names: changedAt(names, at % names.length) }))).toContain('changedNames');
        } else {
          const other = changedAt(around, at % around.length);
          const text = other.slice(0, start) + embedded(bundle) + other.slice(start);
          expect(await kindsIn(text)).toEqual(['changedPage', 'otherPage']);
        }
      }),
      { numRuns: runs(150, 40) },
    );
  }, 120_000);

  it('when a line is left out, stands twice, or stands elsewhere', async () => {
    const { lines } = bundle.history;
    const [fourth = '', fifth = ''] = [lines[3], lines[4]];
    for (const other of [lines.toSpliced(3, 1), lines.toSpliced(3, 0, fourth), lines.with(3, fifth).with(4, fourth)]) {
      const { findings } = await verified(withHistory({ lines: other }));
      expect(findings).toContainEqual({ kind: 'changedLine', number: 5 });
    }
    expect(await kindsIn(withHistory({ lines: [...lines, fourth] }))).toContain('changedLine');
    expect(await kindsIn(withHistory({ lines: lines.slice(0, -1) }))).toContain('changedLine');
  });

  it('when its note is of another log, another plan or another key', async () => {
    const { name } = verifierFrom(bundle.keys.log);
    const stranger = signerOf(name, leafHash('stranger'));
    expect(await kindsIn(withHistory(resigned(stranger)), bundle.keys.log)).toEqual(['unsignedHistory']);
    expect(await kindsIn(withHistory({ note: bundle.checkpoint }))).toContain('unsignedHistory');
    expect(
      await kindsIn(withHistory({ note: changedAt(bundle.history.note, bundle.history.note.length - 10) })),
    ).toContain('unsignedHistory');
    expect(await kindsIn(withHistory({ note: '' }))).toContain('unsignedHistory');
  });

  it('when a browser would show something that stands within the proof itself', async () => {
    const [, rest = ''] = /\{([\s\S]*\})/.exec(embedded(bundle)) ?? [];
    const json = `{"shown":"</script ><h1>Другая история</h1>",${rest}`;
    const hidden = page.replace(
      embedded(bundle),
      () => `<script type="application/json" id="proof">\n${json}\n</script>`,
    );
    expect(await kindsIn(hidden)).toContain('changedPage');
    // A JSON file that a browser would show as a page.
    expect(await kindsIn(json)).toContain('changedPage');
  });

  it('when the log itself has signed words that are not those of the event', async () => {
    const { sentence, lines } = lie();
    const { findings } = await verified(withHistory(resigned(logSigner(), { lines })), bundle.keys.log);
    expect(findings).toEqual([{ kind: 'otherLine', number: 5, stands: 'Ничего не произошло', follows: sentence }]);
  });
});

const logSigner = () => signerOf(verifierFrom(bundle.keys.log).name, LOG_KEY);

/** Returns the lines with a false sentence in the fifth, and the true one. */
function lie(): { readonly sentence: string; readonly lines: readonly string[] } {
  const { lines } = bundle.history;
  const line = lines[4] ?? '';
  const { sentence } = Line.parse(JSON.parse(line));
  return { sentence: sentence.ru, lines: lines.with(4, line.replace(sentence.ru, 'Ничего не произошло')) };
}

/** Returns the history with a new signature. */
function resigned(
  signer: NoteSigner,
  change: { readonly lines?: readonly string[]; readonly writer?: string } = {},
): ReadableBundle['history'] {
  const { lines, names } = bundle.history;
  const written = { lines, names, writer: writerOf(bundle.history), page: pageAround(page) ?? '', ...change };
  return signedHistory(bundle, written, signer);
}

describe('letopis verify --bundle', () => {
  const settings = () => ({ LETOPIS_DATA: data, XDG_STATE_HOME: join(directory, 'state') });
  const ofFile = async (text: string, ...more: readonly string[]) => {
    const file = join(directory, 'proof.html');
    await writeFile(file, text);
    return letopis(['verify', '--bundle', file, ...more], settings());
  };

  it('says that each line follows from its event', async () => {
    const { code, stdout } = await ofFile(page, '--key', bundle.keys.log);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('каждая строка следует из своего события'),
    });
    expect(stdout).toContain(`составила letopis ${version}`);
  });

  it('names the changed line with what its event says, and ends with 1', async () => {
    const { lines } = bundle.history;
    const { sentence } = Line.parse(JSON.parse(lines[4] ?? ''));
    const other = lines.with(4, (lines[4] ?? '').replace(sentence.ru, 'Подменено'));
    const { code, stdout } = await ofFile(withHistory({ lines: other }));
    expect(code).toBe(1);
    expect(stdout).toContain('✗ строка № 5 не та, что подписана для этого события');
    expect(stdout).toContain(`стоит «Подменено», по событию «${sentence.ru}»`);
  });

  it('confirms the words of another version that this one writes alike, and leaves others to that version', async () => {
    const writer = 'letopis 0.1.9';
    const alike = await ofFile(withHistory(resigned(logSigner(), { writer })));
    expect(alike).toMatchObject({ code: 0, stdout: expect.stringContaining(`составила ${writer}`) });
    const { code, stdout } = await ofFile(withHistory(resigned(logSigner(), { writer, lines: lie().lines })));
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('НЕ ПОДТВЕРЖДЕНО') });
    expect(stdout).toContain('строка № 5 говорит не то, что её событие');
  });

  it('verifies proofs of earlier versions, and says that the words of their pages are not verified', async () => {
    const old = await readFile(new URL('../fixtures/log/proof-1.html', import.meta.url), 'utf8');
    const { code, stdout } = await ofFile(old);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Читаемой истории в файле нет') });
    expect(stdout).toContain('Проверено: так записано в журнале');
    const event = old.replaceAll('План работы', 'План отдыха');
    expect((await ofFile(event)).code).toBe(1);
  });
});
