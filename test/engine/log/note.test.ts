import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { originOf, parseCheckpoint, signedCheckpoint, witnessOf } from '../../../src/engine/log/checkpoint.js';
import { leafHash } from '../../../src/engine/log/merkle.js';
import {
  cosignedAt,
  isSigned,
  noteOf,
  parseNote,
  signature,
  signerOf,
  verifierFrom,
  verifierKey,
} from '../../../src/engine/log/note.js';

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

describe('a key of 32 bytes', () => {
  it.each([
    {
      seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      text: '',
      signed:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      text: 'r',
      signed:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
  ])('signs «$text» as RFC 8032 does (7.1)', ({ seed, publicKey, text, signed }) => {
    const signer = signerOf('rfc8032', Buffer.from(seed, 'hex'));
    expect(signer.publicKey.toString('hex')).toBe(publicKey);
    const bytes = Buffer.from(signature(text, signer).trim().split(' ')[2] ?? '', 'base64');
    expect(bytes.subarray(4).toString('hex')).toBe(signed);
  });
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
        expect(holds()).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
