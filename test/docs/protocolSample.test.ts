import { createHash, createHmac, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { sealedAnchor } from '../../src/engine/log/logAnchor.js';
import { tileAddress, tilePath } from '../../src/engine/log/tiles.js';
import { textAt } from '../support/keptData.js';
import { keyOf } from '../support/keys.js';
import { letopis } from '../support/process.js';
import { exportedProof } from '../support/proofs.js';
import { removeDirectory, sampleOf, startServer, temporaryDirectory } from '../support/server.js';

// Statements of PROTOCOL.md are checked here from the text of the page, without code of Letopis where the page needs
// none.

const Keys = z.object({ system: z.object({ logKey: z.string(), witnessKey: z.string() }) });
const Person = z.strictObject({ subject: z.string(), sealed: z.string() });
const Entry = z.looseObject({ stream: z.string(), previous: z.string(), actor: z.looseObject({ name: Person }) });
const page = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

let directory: string;
let note: string;
let entries: readonly Buffer[];
let keys: z.infer<typeof Keys>['system'];
let planId: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  // A server that stops signs all its events.
  await (await startServer({ directory })).close();
  const server = await startServer({ directory });
  ({ planId } = await sampleOf(server));
  note = await textAt(`${server.address}/checkpoint`);
  const [, size] = note.split('\n');
  const headers = { authorization: `Bearer ${keyOf('auditor')}` };
  const answer = await fetch(`${server.address}/tile/entries/000.p/${size}`, { headers });
  entries = entriesIn(Buffer.from(await answer.arrayBuffer()));
  keys = (await server.read(Keys, '{ system { logKey witnessKey } }')).system;
  await server.close();
});
afterAll(() => removeDirectory(directory));

function entriesIn(bytes: Buffer): Buffer[] {
  if (bytes.length === 0) return [];
  const end = 2 + bytes.readUInt16BE(0);
  return [bytes.subarray(2, end), ...entriesIn(bytes.subarray(end))];
}

const parsed = () => entries.map((entry) => Entry.parse(JSON.parse(entry.toString())));
const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (entry: Buffer) => sha256(Buffer.of(0), entry);

/**
 * Returns canonical JSON: names are sorted by their UTF-16 units. ECMAScript writes numbers and texts as RFC 8785
 * requires.
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}

/** Returns the root by the definition: a tree of n leaves is split at the largest power of two below n. */
function rootOver(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) throw new Error('there is no leaf');
  if (leaves.length === 1) return first;
  const left = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Buffer.of(1), rootOver(leaves.slice(0, left)), rootOver(leaves.slice(left)));
}

/** Returns the Ed25519 key in `name+id+key`. The first byte of `key` is the kind of signature. */
function publicKey(text: string): KeyObject {
  const bytes = Buffer.from(text.slice(text.lastIndexOf('+', text.length - 45) + 1), 'base64');
  expect([bytes.length, bytes[0]]).toEqual([33, 1]);
  const x = bytes.subarray(1).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

describe('the sample, by the words of PROTOCOL.md:', () => {
  it('entries are canonical JSON with the fields that the page names', async () => {
    const [, list = ''] = /Its fields: ([\s\S]*?)\.\n/.exec(await page('PROTOCOL.md')) ?? [];
    const names = [...list.replaceAll(/ \([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    for (const entry of entries) {
      const value: object = JSON.parse(entry.toString());
      expect(canonical(value)).toBe(entry.toString());
      expect(Object.keys(value).toSorted()).toEqual(names.toSorted());
    }
    expect(entries.length).toBeGreaterThan(10);
  });

  it('entries name the leaf of the previous entry of their stream', () => {
    const last = new Map<string, Buffer>();
    for (const [index, { stream, previous }] of parsed().entries()) {
      expect(previous).toBe((last.get(stream) ?? Buffer.alloc(32)).toString('base64'));
      last.set(stream, leafOf(entries[index] ?? Buffer.alloc(0)));
    }
    expect(last.size).toBeGreaterThan(1);
  });

  it('names of persons are encrypted in entries', () => {
    expect(new Set(parsed().map(({ actor }) => Object.keys(actor.name).toSorted().join()))).toEqual(
      new Set(['sealed,subject']),
    );
    const persons =
      Buffer.concat(entries)
        .toString()
        .match(/"person":\[./g) ?? [];
    expect(new Set(persons)).toEqual(new Set(['"person":[{']));
  });

  it('the leaves and nodes are hashed as in RFC 6962', () => {
    const [, size, root] = note.split('\n');
    expect(size).toBe(String(entries.length));
    expect(rootOver(entries.map(leafOf)).toString('base64')).toBe(root);
  });

  it('a checkpoint is a note of three lines, signed by the log and cosigned by its witness', () => {
    const [text = '', signatures = ''] = note.split('\n\n');
    const signed = Buffer.from(`${text}\n`);
    const [origin = ''] = text.split('\n');
    expect(text.split('\n')).toHaveLength(3);
    expect(origin).toMatch(/^letopis\/[0-9a-f-]{36}$/);
    const [first, second] = signatures.split('\n').map((line) => line.split(' '));
    expect([first?.slice(0, 2), second?.slice(0, 2)]).toEqual([
      ['—', origin],
      ['—', `${origin}/witness`],
    ]);
    // Each signature follows the four bytes of the id of its key.
    const signature = Buffer.from(first?.[2] ?? '', 'base64').subarray(4);
    expect(verifySignature(null, signed, publicKey(keys.logKey), signature)).toBe(true);
    const cosignature = Buffer.from(second?.[2] ?? '', 'base64').subarray(4);
    const time = cosignature.readBigUInt64BE(0);
    const message = Buffer.concat([Buffer.from(`cosignature/v1\ntime ${time}\n`), signed]);
    expect(verifySignature(null, message, publicKey(keys.witnessKey), cosignature.subarray(8))).toBe(true);
    expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(3_600);
  });

  it('the API and verify name the same two keys', async () => {
    const settings = { LETOPIS_DATA: directory, XDG_STATE_HOME: join(directory, 'state') };
    const { code, stdout } = await letopis(['verify', '--json'], settings);
    const found = z.looseObject({ key: z.string(), witness: z.string() }).parse(JSON.parse(stdout));
    expect({ code, logKey: found.key, witnessKey: found.witness }).toEqual({ code: 0, ...keys });
  });

  it('numbers of tiles are written in groups of three digits', () => {
    expect(tilePath({ level: 0, number: 1_234_067, width: 256 })).toContain('x001/x234/067');
    expect(tileAddress('0/x001/x234/067')).toEqual({ level: 0, number: 1_234_067, width: 256 });
  });

  it('an anchor has the fields and the seal that the page names', async () => {
    const anchor: object = JSON.parse(await readFile(join(directory, 'log.anchor'), 'utf8'));
    expect(Object.keys(anchor).toSorted()).toEqual(['checkpoint', 'key', 'seal']);
    expect(anchor).toMatchObject({ checkpoint: note, key: keys.logKey });
    const secret = Buffer.alloc(32, 7);
    const seal = createHmac('sha256', secret).update(`letopis anchor/1\n${keys.logKey}\n${note}`).digest('base64');
    expect(JSON.parse(sealedAnchor(note, keys.logKey, secret))).toMatchObject({ seal });
  });

  it.each([
    ['LogKeyRotated', ['key', 'previous']],
    ['LogAccepted', ['accepted', 'anchor', 'problem']],
  ])('events of the log have the fields that the page names: %s', async (type, fields) => {
    const stored = z.object({ stream: z.literal('log'), event: z.object({ data: z.looseObject({}) }) });
    const { event } = stored.parse(JSON.parse(await page(`test/golden/${type}.v1.json`)));
    expect(Object.keys(event.data).toSorted()).toEqual(fields);
    for (const name of fields) expect(await page('PROTOCOL.md')).toContain(`\`${name}\``);
  });

  it('a proof page contains the fields that the page names', async () => {
    const stream = planId.replace('plan_', 'plan-');
    const html = await exportedProof(directory, planId);
    const [, json = ''] = /<script type="application\/json" id="proof">([\s\S]*?)<\/script>/.exec(html) ?? [];
    const proof: object = JSON.parse(json);
    const ofPlan = parsed().flatMap((entry, index) => (entry.stream === stream ? [index] : []));
    expect(proof).toEqual({
      format: 'letopis-proof/2',
      stream,
      keys: { log: keys.logKey, witness: keys.witnessKey },
      checkpoint: note,
      entries: ofPlan.map((index) => ({
        index,
        entry: entries[index]?.toString(),
        proof: expect.arrayContaining([expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]),
      })),
      history: { note: expect.any(String), lines: expect.any(Array), names: expect.any(String) },
    });
  });

  it('the note of a readable history binds lines, names and page as the page says', async () => {
    const html = await exportedProof(directory, planId);
    const [element, json = ''] = /<script type="application\/json" id="proof">([\s\S]*?)<\/script>/.exec(html) ?? [''];
    const History = z.object({ note: z.string(), lines: z.array(z.string()), names: z.string() });
    const Readable = z.object({ entries: z.array(z.object({ entry: z.string() })), history: History });
    const { entries: told, history } = Readable.parse(JSON.parse(json));
    const hashOf = (text: string) => sha256(Buffer.from(text)).toString('base64');
    const [text = '', signatures = ''] = history.note.split('\n\n');
    const [origin = ''] = note.split('\n');
    const [first, second, writer, ...rest] = text.split('\n');
    expect([first, second]).toEqual([`${origin}/history`, planId.replace('plan_', 'plan-')]);
    expect(writer).toMatch(/^letopis \d+\.\d+\.\d+$/);
    expect(rest).toEqual([
      `page ${hashOf(html.replace(element, ''))}`,
      `names ${hashOf(history.names)}`,
      ...told.map(
        ({ entry }, at) => `${leafOf(Buffer.from(entry)).toString('base64')} ${hashOf(history.lines[at] ?? '')}`,
      ),
    ]);
    const signature = Buffer.from(signatures.split(' ')[2] ?? '', 'base64').subarray(4);
    expect(verifySignature(null, Buffer.from(`${text}\n`), publicKey(keys.logKey), signature)).toBe(true);
    expect(json).not.toContain('<');
  });

  it('a line of a readable history has the fields that the page names', async () => {
    const html = await exportedProof(directory, planId);
    const [, json = ''] = /<script type="application\/json" id="proof">([\s\S]*?)<\/script>/.exec(html) ?? [];
    const { history } = z
      .object({ history: z.object({ lines: z.array(z.string()), names: z.string() }) })
      .parse(JSON.parse(json));
    const [, list = ''] = /Each line is a JSON text with ([\s\S]*?)\. All/.exec(await page('PROTOCOL.md')) ?? [];
    const named = [...list.replaceAll(/ \([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    for (const line of history.lines) {
      const value: object = JSON.parse(line);
      expect(Object.keys(value).toSorted()).toEqual(named.toSorted());
    }
    const names: unknown[] = JSON.parse(history.names);
    const name = { subject: expect.any(String), sealed: expect.any(String), state: 'SEALED', name: null };
    expect(names).toEqual(names.map(() => name));
    expect(names.length).toBeGreaterThan(0);
  });

  it('the verifier in Go uses its standard library alone', async () => {
    const source = await page('docs/verify-bundle.go');
    const [, imports = ''] = /^import \(\n([\s\S]*?)^\)/m.exec(source) ?? [];
    const packages = [...imports.matchAll(/"(.+)"/g)].map(([, name = '']) => name);
    expect(packages.length).toBeGreaterThan(5);
    expect(packages.filter((name) => name.includes('.'))).toEqual([]);
    expect(source.split('\n').length).toBeLessThan(240);
  });
});
