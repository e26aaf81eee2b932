/** True in the long run, `npm run test:long`. It includes the files that are listed in `MORE_VALUES` (`jest/long.js`). */
export const IS_LONG_RUN = process.env.TEST_LONG === '1';

/** Returns how many random values a property is tried with: all in the long run, fewer in a default run. */
export function runs(all: number, fewer: number): number {
  return IS_LONG_RUN ? all : fewer;
}
