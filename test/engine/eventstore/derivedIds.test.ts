import { describe, expect, it } from '@jest/globals';
import { derivedId } from '../../../src/engine/eventstore/envelope.js';

describe('derived ids', () => {
  it('stay the same: stored events have them', () => {
    expect(derivedId('план-😀')).toBe('1ebccd97-7a1e-5815-8994-47c05bb4d3f5');
  });
});
