import { describe, expect, it } from '@jest/globals';
import { nameUuid } from '../../../src/engine/eventstore/nameUuid.js';

/** The namespace of domain names (RFC 9562, 6.6). */
const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('the UUIDv5 of a name', () => {
  it('is that of the example in RFC 9562, appendix A.4', () => {
    expect(nameUuid('www.example.com', DNS)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('hashes the bytes of the name in UTF-8', () => {
    expect(nameUuid('план-😀', DNS)).toBe('334a41b7-beb5-5a34-a9c4-410576eae20c');
  });
});
