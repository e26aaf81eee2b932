import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { originOf, parseCheckpoint, signedCheckpoint, witnessOf } from '../../../src/audit/log/checkpoint.js';
import { leafHash } from '../../../src/audit/log/merkle.js';
import {
  cosignedAt,
  isSigned,
  noteOf,
  parseNote,
  signature,
  signerOf,
  verifierFrom,
  verifierKey,
} from '../../../src/audit/log/note.js';

/** The example of Go's golang.org/x/mod/sumdb/note. */
const EXAMPLE = {
  verifier: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  seed: 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

describe('a signed note', () => {
  const signer = signerOf('PeterNeumann', Buffer.from(EXAMPLE.seed, 'base64').subarray(1));

  it('bears the signature that the implementation of Go gives', () => {
    expect(signature(EXAMPLE.text, signer)).toBe(EXAMPLE.signature);
    expect(verifierKey(signer)).toBe(EXAMPLE.verifier);
  });

  it('of the implementation of Go is verified', () => {
    const note = parseNote(noteOf(EXAMPLE.text, [EXAMPLE.signature]));
    expect(isSigned(note, verifierFrom(EXAMPLE.verifier))).toBe(true);
  });

  it.each(['PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'PeterNeumann', ''])(
    'has no verifier in %j',
    (text) => {
      expect(() => verifierFrom(text)).toThrow(/no public key of a log/);
    },
  );
});

describe('a checkpoint', () => {
  const origin = originOf('d8b6a3a0-0000-4000-8000-000000000001');
  const log = signerOf(origin, randomBytes(32));
  const witness = signerOf(witnessOf(origin), randomBytes(32));
  const text = signedCheckpoint({ origin, size: 256, root: leafHash('root') }, { log, witness }, 1_600_000_000);

  it('is read again as it was signed, with the second at which it was', () => {
    const { note, ...checkpoint } = parseCheckpoint(text);
    expect(checkpoint).toEqual({ origin, size: 256, root: leafHash('root') });
    expect(isSigned(note, log)).toBe(true);
    expect(cosignedAt(note, witness)).toBe(1_600_000_000);
  });

  it('is signed by nobody else, by neither in the name of the other', () => {
    const { note } = parseCheckpoint(text);
    expect(isSigned(note, signerOf(origin, randomBytes(32)))).toBe(false);
    expect(isSigned(note, witness)).toBe(false);
    expect(cosignedAt(note, log)).toBeUndefined();
  });

  it('holds no longer once any letter of it is another', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('a', '0', 'Z', '\n', '—'), (at, letter) => {
        if (text[at] === letter) return;
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        const holds = () => {
          try {
            const { note } = parseCheckpoint(changed);
            return isSigned(note, log) && cosignedAt(note, witness) === 1_600_000_000;
          } catch {
            return false;
          }
        };
        // The last bits of base64 padding carry nothing.
        if (holds()) expect(parseCheckpoint(changed)).toEqual(parseCheckpoint(text));
      }),
      { numRuns: 300 },
    );
  });
});
