import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bundleIn,
  embedded,
  type ProofBundle,
  pageAround,
  type ReadableBundle,
  verifyBundle,
} from '../../../src/engine/log/bundle.js';
import { leafHash } from '../../../src/engine/log/merkle.js';
import { signerOf, verifierFrom, verifierKey } from '../../../src/engine/log/note.js';
import { signedHistory } from '../../../src/engine/log/readableHistory.js';
import { letopis, letopisProcess } from '../../support/process.js';
import { exportedProof } from '../../support/proofs.js';
import { sampleOf, startServer } from '../../support/server.js';
import { describeIf } from '../../support/skipping.js';

/** The private key of the log, with which a test signs what a lying server would. */
const LOG_KEY = leafHash('key of the log in this test');

let directory: string;
let page: string;
let bundle: ProofBundle;
let planId: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-proof-'));
  const data = join(directory, 'data');
  await mkdir(data);
  const server = await startServer({ directory: data, settings: { LETOPIS_LOG_KEY: LOG_KEY.toString('base64') } });
  const sample = await sampleOf(server);
  planId = sample.planId;
  const [activityId, pointIds] = [sample.activity(3), [sample.inPlan('point', 'a3.1')]];
  // A text that would end the element that contains it.
  await server.done('submitReport', { activityId, pointIds, text: '</script><b>&', actualOn: '2020-10-01' });
  page = await exportedProof(data, planId);
  await server.close();
  bundle = bundleIn(page);
}, 30_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the proof of a plan', () => {
  it('holds: all its events, by the key of the log, as the witness saw it', () => {
    const { events, findings, seenAt } = verifyBundle(bundle, verifierFrom(bundle.keys.log));
    expect(findings).toEqual([]);
    expect(events).toBeGreaterThan(10);
    expect(seenAt).toBeGreaterThan(1_700_000_000);
  });

  it('is held by a page that explains it in Russian and shows nothing but its own plan', () => {
    expect(page).toContain('Доказательство истории плана');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(bundle.entries.every(({ entry }) => entry.includes(`"stream":"${bundle.stream}"`))).toBe(true);
    expect(page).not.toContain('org-');
  });

  it('does not hold by the key of somebody else', () => {
    const { name } = verifierFrom(bundle.keys.log);
    expect(verifyBundle(bundle, signerOf(name, leafHash('another'))).findings).toEqual([{ kind: 'unsigned' }]);
  });

  it('does not hold by another witness than the one who was trusted', () => {
    const [log, witness] = [verifierFrom(bundle.keys.log), verifierFrom(bundle.keys.witness)];
    expect(verifyBundle(bundle, log, witness).findings).toEqual([]);
    const { findings, seenAt } = verifyBundle(bundle, log, signerOf(witness.name, leafHash('another')));
    expect({ findings, seenAt }).toEqual({ findings: [{ kind: 'unwitnessed' }], seenAt: undefined });
  });

  it('names the event that was changed, left out or put elsewhere', () => {
    const changed = bundle.entries.with(4, {
      ...entryAt(4),
      entry: entryAt(4).entry.replace('"reason":null', '"reason":"так"'),
    });
    expect(verifyBundle({ ...bundle, entries: changed }).findings).toEqual([
      { kind: 'notIncluded', number: 5 },
      { kind: 'unchained', number: 6 },
    ]);
    const without = bundle.entries.toSpliced(4, 1);
    expect(verifyBundle({ ...bundle, entries: without }).findings).toEqual([{ kind: 'unchained', number: 5 }]);
    const swapped = bundle.entries.with(4, entryAt(5)).with(5, entryAt(4));
    expect(verifyBundle({ ...bundle, entries: swapped }).findings).toContainEqual({ kind: 'unchained', number: 5 });
  });

  it('does not hold once any letter of an event is another', () => {
    fc.assert(
      fc.property(fc.nat(bundle.entries.length - 1), fc.nat(10_000), (number, at) => {
        const { entry, ...rest } = entryAt(number);
        const place = at % entry.length;
        const other = entry.slice(0, place) + (entry[place] === 'x' ? 'y' : 'x') + entry.slice(place + 1);
        const entries = bundle.entries.with(number, { ...rest, entry: other });
        expect(verifyBundle({ ...bundle, entries }).findings).toContainEqual({
          kind: 'notIncluded',
          number: number + 1,
        });
      }),
      { numRuns: 100 },
    );
  });

  it.each(['', '{}', '<html></html>', '{"format":"letopis-proof/3"}'])('is not seen in %j', (text) => {
    expect(() => bundleIn(text)).toThrow(/contains no proof/);
  });
});

describe('letopis export-proof and verify --bundle', () => {
  const settings = () => ({
    ...{ LETOPIS_DATA: join(directory, 'data'), XDG_STATE_HOME: join(directory, 'state') },
    LETOPIS_LOG_KEY: LOG_KEY.toString('base64'),
  });

  it('write a page and verify it, by the published key too', async () => {
    const file = join(directory, 'proof.html');
    expect(await letopisProcess(['export-proof', planId, '--output', file], settings())).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect((await letopis(['verify', '--bundle', file, '--key', bundle.keys.log])).stdout).toMatch(
      /Проверено: так записано/,
    );
    const stranger = verifierKey(signerOf(verifierFrom(bundle.keys.log).name, leafHash('another')));
    expect(await letopis(['verify', '--bundle', file, '--key', stranger])).toMatchObject({ code: 1 });
    expect(await letopis(['verify', '--bundle', join(directory, 'data', 'master.key')])).toMatchObject({ code: 3 });
  });

  it('refuse a plan that there is not', async () => {
    const other = planId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect(await letopis(['export-proof', other], settings())).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/плана plan_.* нет/),
    });
  });
});

const run = promisify(execFile);
const go = await run('go', ['version']).then(
  () => true,
  () => false,
);

describeIf(go, 'needs Go')('the verifier in Go, which knows nothing of Letopis', () => {
  const script = fileURLToPath(new URL('../../../docs/verify-bundle.go', import.meta.url));
  const verifier = () => join(directory, 'verifier');
  beforeAll(() => run('go', ['build', '-o', verifier(), script]), 120_000);

  const verified = async (name: string, text: string, ...key: readonly string[]) => {
    const file = join(directory, name);
    await writeFile(file, text);
    return run(verifier(), [file, ...key]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }) => ({ code, stdout: String(stdout) }),
    );
  };

  it('verifies the page', async () => {
    expect(await verified('good.html', page, bundle.keys.log)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^verified: \d+ events of plan-/),
    });
  });

  it('says that a key is of another log', async () => {
    const other = verifierKey(signerOf('letopis/0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20', leafHash('other')));
    expect(await verified('good.html', page, other)).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^FAILED: this is the key of another log, letopis\/0f4c1b0a-/),
    });
  });

  it('finds another event, another order and another key', async () => {
    const changed = { ...entryAt(4), entry: entryAt(4).entry.replace('"reason":null', '"reason":"так"') };
    const other = { ...bundle, entries: bundle.entries.with(4, changed) };
    expect(await verified('edited.html', embedded(other))).toEqual({
      code: 1,
      stdout: 'FAILED: event 5 is not in the log\n',
    });
    const without = { ...bundle, entries: bundle.entries.toSpliced(4, 1) };
    expect(await verified('cut.json', JSON.stringify(without))).toEqual({
      code: 1,
      stdout: 'FAILED: the event before number 5 was another\n',
    });
    const stranger = verifierKey(signerOf(verifierFrom(bundle.keys.log).name, leafHash('another')));
    expect(await verified('good.html', page, stranger)).toMatchObject({ code: 1 });
  });

  it('verifies a proof of an earlier version, and says that the words of its page are not verified', async () => {
    const old = await readFile(new URL('../../fixtures/log/proof-1.html', import.meta.url), 'utf8');
    const { code, stdout } = await verified('old.html', old);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('has no readable history') });
  });

  it('finds whichever character of a line, of the names or of the page is another one', async () => {
    const { history } = readable();
    const { lines, names } = history;
    const around = pageAround(page) ?? '';
    const start = page.indexOf(embedded(bundle));
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length + 1), fc.nat(), async (part, at) => {
        const [line, text] = [lines[part], part === lines.length ? names : around];
        const other = changedAt(line ?? text, at % (line ?? text).length);
        if (line !== undefined) {
          expect(await verified('other.html', withHistory({ lines: lines.with(part, other) }))).toEqual({
            ...{ code: 1, stdout: expect.stringContaining(`FAILED: line ${part + 1} is not the one that was signed`) },
          });
        } else if (part === lines.length) {
          const stdout = expect.stringContaining('FAILED: the list of names was changed');
          expect(await verified('other.html', withHistory({ names: other }))).toEqual({ code: 1, stdout });
        } else {
          const stdout = expect.stringContaining('FAILED: the page shows something else than what was signed');
          const whole = other.slice(0, start) + embedded(bundle) + other.slice(start);
          expect(await verified('other.html', whole)).toEqual({ code: 1, stdout });
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('finds lines that are left out, doubled or stand elsewhere, and another note', async () => {
    const { lines } = readable().history;
    const [fourth = '', fifth = ''] = [lines[3], lines[4]];
    const others = [
      { lines: lines.toSpliced(3, 1) },
      { lines: lines.toSpliced(3, 0, fourth) },
      { lines: lines.with(3, fifth).with(4, fourth) },
      { note: bundle.checkpoint },
    ];
    for (const other of others) expect(await verified('other.html', withHistory(other))).toMatchObject({ code: 1 });
  });

  it('finds what a browser would show of the proof itself', async () => {
    const [, rest = ''] = /\{([\s\S]*\})/.exec(embedded(bundle)) ?? [];
    const json = `{"shown":"</script ><h1>Другая история</h1>",${rest}`;
    const hidden = page.replace(
      embedded(bundle),
      () => `<script type="application/json" id="proof">\n${json}\n</script>`,
    );
    const stdout = expect.stringContaining('FAILED: the page shows something else than what was signed');
    expect(await verified('hidden.html', hidden)).toEqual({ code: 1, stdout });
    expect(await verified('hidden.json', json)).toEqual({ code: 1, stdout });
  });

  it('finds another author, time or reason even where the log has signed it', async () => {
    const { lines, names } = readable().history;
    const line = lines[4] ?? '';
    const signer = signerOf(verifierFrom(bundle.keys.log).name, LOG_KEY);
    const signed = (other: string) => {
      const written = { lines: lines.with(4, other), names, writer: 'letopis 0.0.0', page: pageAround(page) ?? '' };
      return verified('lie.html', withHistory(signedHistory(bundle, written, signer)), bundle.keys.log);
    };
    expect(await signed(line)).toMatchObject({ code: 0 });
    for (const other of [
      line.replace('"role":"', '"role":"un'),
      line.replace('"recordedAt":"2020', '"recordedAt":"2021'),
      line.replace('"reason":null', '"reason":"так"'),
    ]) {
      expect(other).not.toBe(line);
      expect(await signed(other)).toEqual({
        code: 1,
        stdout: expect.stringContaining('FAILED: line 5 has another author, time or reason than event 5'),
      });
    }
    // The log signs the words of a sentence. Only Letopis can create them again from the events.
    expect(await signed(line.replace(/"ru":"[^"]*"/, '"ru":"Другое"'))).toMatchObject({ code: 0 });
  });
});

function readable(): ReadableBundle {
  if (!('history' in bundle)) throw new Error('the proof has no readable history');
  return bundle;
}

function withHistory(history: Partial<ReadableBundle['history']>): string {
  const other = { ...readable(), history: { ...readable().history, ...history } };
  return page.replace(embedded(bundle), () => embedded(other));
}

/** Returns the text with the character at a place replaced by another one. */
function changedAt(text: string, place: number): string {
  return `${text.slice(0, place)}${text[place] === 'x' ? 'y' : 'x'}${text.slice(place + 1)}`;
}

function entryAt(index: number) {
  const entry = bundle.entries[index];
  if (!entry) throw new Error(`there is no event ${index}`);
  return entry;
}
