import { describe, it } from '@jest/globals';

type Declare = (name: string, declare: () => void) => void;

/** Returns `describe` if a condition holds. Else it declares skipped tests, with the reason in their names. */
export function describeIf(holds: boolean, reason: string): Declare {
  return holds ? describe : (name, declare) => describe.skip(`${name} [${reason}]`, declare);
}

/** Declares one skipped test in place of tests that cannot even be declared. */
export function skipped(name: string, reason: string): void {
  describe(`${name} [${reason}]`, () => it.skip('all', () => undefined));
}
