import { describe, it } from '@jest/globals';

type Declare = (name: string, declare: () => void) => void;

/** Returns `describe` if a condition holds. Else it declares skipped tests, with the reason in their names. */
export function describeIf(holds: boolean, reason: string): Declare {
  return holds ? describe : (name, declare) => describe.skip(`${name} [${reason}]`, declare);
}

/** Returns `it` if a condition holds. Else it declares a skipped test, with the reason in its name. */
export function itIf(holds: boolean, reason: string): (name: string, test: () => Promise<void>) => void {
  return holds ? it : (name, test) => it.skip(`${name} [${reason}]`, test);
}

/** Declares one skipped test in place of tests that cannot even be declared. */
export function skipped(name: string, reason: string): void {
  describe(`${name} [${reason}]`, () => it.skip('all', () => undefined));
}
