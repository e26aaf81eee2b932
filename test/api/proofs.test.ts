import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseCheckpoint } from '../../src/audit/log/checkpoint.js';
import { isConsistent, isIncluded, leafHash } from '../../src/audit/log/merkle.js';
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

async function lastEntry(): Promise<string> {
  const { auditTrail } = await server.read(Entries, '{ auditTrail(last: 1) { nodes { id sentence } } }');
  return auditTrail.nodes[0]?.id ?? '';
}
