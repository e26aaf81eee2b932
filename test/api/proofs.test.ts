import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseCheckpoint } from '../../src/engine/log/checkpoint.js';
import { hashesIn, isConsistent, isIncluded, leafHash } from '../../src/engine/log/merkle.js';
import { type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const Entries = z.object({
  auditTrail: z.object({ nodes: z.array(z.object({ id: z.string(), sentence: z.string() })) }),
});
const Proof = z.object({
  proof: z.object({
    checkpoint: z.string(),
    index: z.number(),
    entry: z.string(),
    leaf: z.string(),
    hashes: z.array(z.string()),
  }),
});
const Consistency = z.object({ consistency: z.object({ hashes: z.array(z.string()) }) });
const PROOF = 'query($id: ID!) { proof(entryId: $id) { checkpoint index entry leaf hashes } }';
const CONSISTENCY = 'query($from: Int!, $to: Int!) { consistency(from: $from, to: $to) { hashes } }';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server?.close());

const proofOf = async (id: string) => (await server.read(Proof, PROOF, { key: 'auditor', variables: { id } })).proof;
const hashes = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));

describe('the proof of an entry of the audit trail', () => {
  it('shows each entry to be in the log, as it was recorded', async () => {
    const { auditTrail } = await server.read(Entries, '{ auditTrail(first: 200) { nodes { id sentence } } }', {
      key: 'auditor',
    });
    expect(auditTrail.nodes.length).toBeGreaterThan(10);
    for (const { id } of auditTrail.nodes) {
      const { checkpoint, index, entry, leaf, hashes: path } = await proofOf(id);
      const { size, root } = parseCheckpoint(checkpoint);
      expect(JSON.parse(entry)).toMatchObject({ id: id.replace('entry_', '') });
      expect(leafHash(entry).toString('base64')).toBe(leaf);
      expect(isIncluded(leafHash(entry), index, size, hashes(path), root)).toBe(true);
      expect(isIncluded(leafHash(entry.replace('e', 'ё')), index, size, hashes(path), root)).toBe(false);
    }
  });

  it('is there as soon as the command was answered, and the log that proves it begins with the one before', async () => {
    const first = await proofOf(await lastEntry());
    const [activityId, pointIds] = [sample.activity(3), [sample.inPlan('point', 'a3.1')]];
    const report = { activityId, pointIds, text: 'исправленный', actualOn: '2020-10-01' };
    const { entries } = await server.done('submitReport', report);
    const second = await proofOf(entries[0]?.id ?? '');
    expect(second.entry).toContain('исправленный');
    const [before, after] = [parseCheckpoint(first.checkpoint), parseCheckpoint(second.checkpoint)];
    expect(after.size).toBeGreaterThan(before.size);
    const { consistency } = await server.read(Consistency, CONSISTENCY, {
      key: 'auditor',
      variables: { from: before.size, to: after.size },
    });
    expect(isConsistent(before, after, hashes(consistency.hashes))).toBe(true);
  });

  it.each([
    {
      what: 'an entry that there is not',
      document: PROOF,
      variables: { id: `entry_${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}` },
      code: 'NOT_FOUND',
    },
    { what: 'an id of something else', document: PROOF, variables: { id: 'nonsense' }, code: 'BAD_ID' },
    {
      what: 'a size that the log has not',
      document: CONSISTENCY,
      variables: { from: 1, to: 1_000_000 },
      code: 'BAD_USER_INPUT',
    },
    { what: 'sizes the wrong way round', document: CONSISTENCY, variables: { from: 2, to: 1 }, code: 'BAD_USER_INPUT' },
  ])('is refused for $what', async ({ document, variables, code }) => {
    const { errors } = await server.query(document, { key: 'auditor', variables });
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual([code]);
  });

  it('is told to those alone who may read the audit trail', async () => {
    const id = await lastEntry();
    const { errors } = await server.query(PROOF, { key: 'integrator', variables: { id } });
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
  });
});

const RECEIPTS = z.object({
  addSection: z.object({
    entries: z.array(z.object({ id: z.string() })),
    receipts: z.array(Proof.shape.proof).nullable(),
  }),
});

describe('the receipt of a command', () => {
  const added = async (receipt: boolean, commandId: string) => {
    const planId = await draft();
    const document = `mutation($input: AddSectionInput!) { addSection(input: $input) { entries { id }
      receipts { checkpoint index entry leaf hashes } } }`;
    const input = { planId, title: 'Работа', receipt, commandId };
    return (await server.read(RECEIPTS, document, { variables: { input } })).addSection;
  };
  let plan: Promise<string> | undefined;
  const draft = () => {
    const period = { start: '2020-09-01', end: '2021-08-31' };
    plan ??= server.done('draftPlan', { title: 'План', ownerUnit: 'Центр', period }).then((done) => done.plan.id);
    return plan;
  };

  it('shows what it wrote to be in the signed log, and again when it is repeated', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const { receipts, entries } = await added(true, 'with-receipt');
      const [receipt] = receipts ?? [];
      if (!receipt) throw new Error('there is no receipt');
      const { size, root } = parseCheckpoint(receipt.checkpoint);
      expect(isIncluded(leafHash(receipt.entry), receipt.index, size, hashes(receipt.hashes), root)).toBe(true);
      expect(JSON.parse(receipt.entry)).toMatchObject({ id: entries[0]?.id.replace('entry_', '') });
    }
    // A request for a receipt does not make it a different command.
    expect((await added(false, 'with-receipt')).entries).toHaveLength(1);
  });

  it('is none where it is not asked for', async () => {
    expect((await added(false, 'without-receipt')).receipts).toBeNull();
  });
});

describe('the entries of the log', () => {
  const get = (path: string, role: KeyRole | null = 'auditor') =>
    fetch(`${server.address}${path}`, { headers: role ? { authorization: `Bearer ${keyOf(role)}` } : {} });

  it('are told in bundles, byte for byte as their leaves say', async () => {
    const { size } = parseCheckpoint(await (await get('/checkpoint', null)).text());
    const answer = await get(`/tile/entries/000.p/${size}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, max-age=31536000, immutable']);
    const bundle = Buffer.from(await answer.arrayBuffer());
    const leaves: string[] = [];
    for (let at = 0; at < bundle.length; ) {
      const length = bundle.readUInt16BE(at);
      leaves.push(leafHash(bundle.subarray(at + 2, at + 2 + length)).toString('base64'));
      at += 2 + length;
    }
    const tile = Buffer.from(await (await get(`/tile/0/000.p/${size}`, null)).arrayBuffer());
    expect(leaves).toEqual(hashesIn(tile).map((hash) => hash.toString('base64')));
  });

  it('are for who may read the audit trail, as far as there are any', async () => {
    expect((await get('/tile/entries/000.p/1', null)).status).toBe(401);
    expect((await get('/tile/entries/000.p/1', 'dashboard')).status).toBe(403);
    expect((await get('/tile/entries/x001/000')).status).toBe(404);
    expect((await get('/tile/entries/nonsense')).status).toBe(400);
  });

  it('are not told of a bundle that cannot hold one of them, with what to ask instead', async () => {
    const period = { start: '2020-09-01', end: '2021-08-31' };
    const { plan } = await server.done('draftPlan', { title: 'Длинный план', ownerUnit: 'Центр', period });
    await server.done('addSection', { planId: plan.id, title: 'Работа' });
    const subItems = Array.from({ length: 200 }, (_, index) => `${index} ${'я'.repeat(300)}`);
    const sectionId = `${plan.id.replace('plan', 'section')}.s1`;
    const activity = { sectionId, title: 'Длинное', subItems, timeframe: { text: 'май' }, responsible: 'Центр' };
    const { entries } = await server.done('addActivity', { activity });
    const { index, entry } = await proofOf(entries[0]?.id ?? '');
    expect(Buffer.byteLength(entry)).toBeGreaterThan(65_535);
    const answer = await get(`/tile/entries/000.p/${index + 1}`);
    const [status, text] = [answer.status, (await answer.text()).slice(0, 300)];
    expect([status, text]).toEqual([404, expect.stringContaining('Ask for proof(entryId)')]);
    expect((await get(`/tile/entries/000.p/${index}`)).status).toBe(200);
  });
});

async function lastEntry(): Promise<string> {
  const { auditTrail } = await server.read(Entries, '{ auditTrail(last: 1) { nodes { id sentence } } }');
  return auditTrail.nodes[0]?.id ?? '';
}
