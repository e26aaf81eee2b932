import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { isSignedBy, parseCheckpoint } from '../../../src/engine/log/checkpoint.js';
import { isConsistent, isIncluded } from '../../../src/engine/log/merkle.js';
import { verifierFrom, witnessFrom } from '../../../src/engine/log/note.js';
import { tileAddress, tilePath, widthIn } from '../../../src/engine/log/tiles.js';

const hash = z.string().transform((text) => Buffer.from(text, 'base64'));
const proof = hash
  .array()
  .nullable()
  .transform((hashes) => hashes ?? []);
const expected = { source: z.string(), proof, wantErr: z.boolean() };

/** Reads vectors made by others; test/fixtures/log/README.md names the authors. */
async function vectors<Shape>(name: string, shape: z.ZodType<Shape>): Promise<Shape> {
  const text = await readFile(new URL(`../../fixtures/log/${name}.json`, import.meta.url), 'utf8');
  return shape.parse(JSON.parse(text));
}

const { inclusion, consistency } = await vectors(
  'proofs',
  z.object({
    inclusion: z.object({ ...expected, leafIdx: z.number(), treeSize: z.number(), root: hash, leafHash: hash }).array(),
    consistency: z.object({ ...expected, size1: z.number(), size2: z.number(), root1: hash, root2: hash }).array(),
  }),
);

describe('a proof of transparency-dev/merkle', () => {
  it.each(inclusion)('$source is judged as there', ({ leafHash, leafIdx, treeSize, proof, root, wantErr }) => {
    expect(isIncluded(leafHash, leafIdx, treeSize, proof, root)).toBe(!wantErr);
  });

  it.each(consistency)('$source is judged as there', ({ size1, size2, root1, root2, proof, wantErr }) => {
    expect(isConsistent({ size: size1, root: root1 }, { size: size2, root: root2 }, proof)).toBe(!wantErr);
  });
});

const { signed, cosigned, keys, tiles } = await vectors(
  'notes',
  z.object({
    signed: z.object({ key: z.string(), size: z.number(), root: hash, note: z.string() }),
    cosigned: z.object({
      ...{ origin: z.string(), size: z.number(), root: hash },
      ...{ witness: z.string(), time: z.number(), note: z.string() },
    }),
    keys: z.object({ log: z.string(), cosigner: z.string() }),
    tiles: z.object({
      paths: z.object({ level: z.number(), number: z.number(), path: z.string() }).array(),
      widths: z
        .object({
          size: z.number(),
          tiles: z.object({ level: z.number(), number: z.number(), width: z.number() }).array(),
        })
        .array(),
    }),
  }),
);

describe('a checkpoint of somebody else', () => {
  it('is verified by the key of its log', () => {
    const checkpoint = parseCheckpoint(signed.note);
    const { origin, size, root } = checkpoint;
    expect({ size, root }).toEqual({ size: signed.size, root: signed.root });
    const verifier = { name: origin, publicKey: Buffer.from(signed.key, 'hex') };
    expect(isSignedBy(checkpoint, verifier)).toBe(true);
    const other = parseCheckpoint(signed.note.replace('\n1\n', '\n2\n'));
    expect(isSignedBy(other, verifier)).toBe(false);
  });

  it('that bears a cosignature is read as C2SP shows it', () => {
    const { origin, size, root, note } = parseCheckpoint(cosigned.note);
    expect({ origin, size, root }).toEqual({ origin: cosigned.origin, size: cosigned.size, root: cosigned.root });
    expect(note.signatures.map(({ name }) => name)).toEqual([cosigned.origin, cosigned.witness]);
    const [, cosignature] = note.signatures;
    // The id of the key (4 bytes) is followed by the time (8 bytes) and the signature (64 bytes).
    expect(Number(cosignature?.bytes.readBigUInt64BE(4))).toBe(cosigned.time);
    expect(cosignature?.bytes.length).toBe(4 + 8 + 64);
  });
});

describe('a key of somebody else', () => {
  it('of a log is read, and is none of a cosigner alone', () => {
    expect(verifierFrom(keys.log).name).toBe('TEST');
    expect(() => verifierFrom(keys.cosigner)).toThrow('no public key of a log');
  });

  it('of a cosigner is read in either form', () => {
    expect(witnessFrom(keys.cosigner)).toMatchObject({ name: 'remora.n621.de' });
    expect(witnessFrom(keys.cosigner).publicKey).toHaveLength(32);
    expect(witnessFrom(keys.log)).toEqual(verifierFrom(keys.log));
    expect(() => witnessFrom(keys.cosigner.replace('da77', 'da78'))).toThrow('no public key of a log');
  });
});

describe('the tiles of C2SP', () => {
  it.each(tiles.paths)('have the address $path', ({ path, ...tile }) => {
    expect(tilePath({ ...tile, width: 256 })).toBe(path);
    expect(tileAddress(path)).toEqual({ ...tile, width: 256 });
  });

  it.each(tiles.widths)('of a tree of $size entries are as wide', ({ size, tiles }) => {
    expect(tiles.map((tile) => ({ ...tile, width: widthIn(size, tile) }))).toEqual(tiles);
  });
});
